"""Real producers, a real broker, real registries, and kafkalens behind an event source mapping.

run.py CLASS_PATH SRFAKE WORK: leaves an input for each kind of record in WORK, after check.mjs has decoded it in Node.
"""

import base64
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic

import esm
import services
from kinds import kinds

HERE = Path(__file__).resolve().parent
RECORDS = 40
PARTITIONS = 2
CODECS = ["none", "gzip", "snappy", "lz4", "zstd"]


def produce(address, kind, codec):
    """Produces a kind's records; gives what each must be decoded as, by partition and offset."""
    producer = Producer({"bootstrap.servers": address, "compression.type": codec, "linger.ms": 20})
    expected = {}

    def delivered(shown):
        def callback(error, message):
            assert error is None, error
            expected[f"{message.partition()}/{message.offset()}"] = shown
        return callback

    for i in range(RECORDS):
        key, value, shown_key, shown_value, *own = kind.make(i)
        headers = [("trace", b"%d" % i), ("trace", "ë".encode()), ("raw", bytes([0, 127, 128, 255])), *(own[0] if own else [])]
        # Every tenth record deletes: a key without a value.
        gone = i % 10 == 9
        shown = {"key": {"tombstone": "absent"} if key is None else {"value": shown_key},
                 "value": {"tombstone": "absent"} if gone else {"value": shown_value},
                 "headers": [{"name": n, "value": base64.b64encode(v).decode()} for n, v in headers]}
        producer.produce(kind.topic, None if gone else value, key, partition=i % PARTITIONS, headers=headers,
                         timestamp=1700000000000 + i, on_delivery=delivered({**shown, "timestamp": 1700000000000 + i}))
    assert producer.flush(30) == 0
    assert len(expected) == RECORDS
    return expected


def main(class_path, srfake, work):
    work = Path(work)
    work.mkdir(parents=True)
    basic = "Basic " + base64.b64encode(b"user:hunter2").decode()
    with contextlib.ExitStack() as running:
        address = running.enter_context(services.broker(class_path, work))
        registry = running.enter_context(services.confluent_registry(srfake, work, basic))
        glue = running.enter_context(services.glue(work))
        all_kinds = kinds(registry, glue)
        admin = AdminClient({"bootstrap.servers": address})
        for created in admin.create_topics([NewTopic(k.topic, PARTITIONS, 1) for k in all_kinds]).values():
            created.result(30)
        for i, kind in enumerate(all_kinds):
            expected = produce(address, kind, CODECS[i % len(CODECS)])
            event = esm.event(address, esm.consume(address, kind.topic, RECORDS))
            document = {"config": kind.config, "schemas": kind.schemas, "event": json.dumps(event), "expected": expected}
            (work / f"{kind.topic}.json").write_text(json.dumps(document))
        services_at = {"registry": registry, "glue": glue, "auth": {"username": "user", "password": "hunter2"}}
        (work / "services").write_text(json.dumps(services_at))
        # The checks of the clients need the registries, which stop with this block.
        env = {**os.environ, "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
        checked = subprocess.run(["node", str(HERE / "check.mjs"), str(work)], env=env)
    sys.exit(checked.returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
