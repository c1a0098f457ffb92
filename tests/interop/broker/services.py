"""The broker and the registries: each is started on loopback and stopped again."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

TIMEOUT = 60


def free_ports(count):
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


@contextlib.contextmanager
def process(args, log, **options):
    """A process that ends with the block."""
    with open(log, "ab") as out:
        running = subprocess.Popen(args, stderr=out, **{"stdout": out, "stdin": subprocess.DEVNULL, **options})
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def wait_for(ready, running, what):
    """Waits until a service answers; fails where its process ends or the time does."""
    end = time.monotonic() + TIMEOUT
    while not ready():
        if running.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"{what} did not start: see its log")
        time.sleep(0.2)


def listening(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5):
        return True
    return False


@contextlib.contextmanager
def broker(class_path, work):
    """An Apache Kafka broker in KRaft mode that is its own controller; gives its address."""
    port, controller = free_ports(2)
    config = work / "server.properties"
    config.write_text(f"""\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={work / "kafka"}
num.partitions=2
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
""")
    java = ["java", "-Xmx384m", "-cp", class_path]
    log = work / "broker.log"
    formatted = [*java, "kafka.tools.StorageTool", "format", "-t", "a2Fma2FsZW5zLWludGVybw", "-c", str(config)]
    with open(log, "ab") as out:
        subprocess.run(formatted, check=True, stdout=out, stderr=out)
    with process([*java, "kafka.Kafka", str(config)], log) as running:
        wait_for(lambda: listening(port), running, "the broker")
        yield f"127.0.0.1:{port}"


@contextlib.contextmanager
def confluent_registry(program, work, key=""):
    """franz-go's registry; gives its address."""
    env = {**os.environ, "KEY": key}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": env}
    with process([program], work / "srfake.log", **pipes) as running:
        yield running.stdout.readline().decode().strip()


@contextlib.contextmanager
def glue(work):
    """moto's Glue; gives its address."""
    (port,) = free_ports(1)
    args = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with process(args, work / "moto.log") as running:
        url = f"http://127.0.0.1:{port}"

        def ready():
            with contextlib.suppress(OSError):
                return urllib.request.urlopen(f"{url}/moto-api/data.json", timeout=1).status == 200
            return False

        wait_for(ready, running, "moto")
        yield url
