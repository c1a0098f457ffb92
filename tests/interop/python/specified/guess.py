"""Protobuf payloads read without a schema."""

from cases import b64, call, case, delimited
from specified.common import CONFLUENT_42, GLUE, PROTO, UUID

WIRE = "Protobuf wire format; kafkalens: order of readings of its own"


def field(number, wire, kind, value, others=0, start=None, end=None):
    """A field, its likeliest reading, and how many there are beside it."""
    told = {"number": number, "wireType": wire, "start": start, "end": end, "readings": [{"as": kind, "value": value}] + [{}] * others}
    return {k: v for k, v in told.items() if v is not None}


def guess(name, about, *rows, config=None):
    """Payloads, each with what is found or with the error."""
    calls = []
    for payload, expected in rows:
        if isinstance(expected, tuple):
            code, at = expected
            calls.append({"verb": "guess", "args": ["value", b64(payload)], "expectError": {"code": code, "category": "decode", "side": "value", "byteOffset": at}})
        else:
            calls.append(call("guess", expected, "value", b64(payload)))
    case(f"guess/{name}", about, WIRE, config=config or {}, records=[], expect=[], calls=calls)


PRODUCT = [field(1, "varint", "uint64", "1001", 1, 0, 3), field(2, "length", "string", "Laptop", 2, 3, 11),
           field(3, "fixed64", "double", 999.99, 1, 11, 20)]


def moved(by):
    """The product's fields behind so many bytes."""
    return [{**f, "start": f["start"] + by, "end": f["end"] + by} for f in PRODUCT]


guess("message", "fields by number, each with its plausible readings", (PROTO, {"framing": "esm", "start": 0, "fields": PRODUCT}))
guess("framings", "the message stands behind the framing and the message index that the payload begins with",
      (CONFLUENT_42 + "00" + PROTO, {"framing": "confluent", "schema": "confluent:42", "start": 6, "fields": moved(6)}),
      (CONFLUENT_42 + "040204" + PROTO, {"framing": "confluent", "start": 8, "fields": moved(8)}),
      (GLUE + "02" + PROTO, {"framing": "glue", "schema": f"glue:{UUID}", "start": 19, "fields": moved(19)}),
      ("00" + PROTO, {"framing": "esm", "start": 1, "fields": moved(1)}))
guess("configured", "the framing that is configured", (CONFLUENT_42 + "00" + PROTO, {"framing": "confluent", "start": 6, "fields": moved(6)}),
      config={"value": {"format": "bytes", "framing": "confluent"}})
guess("nested", "messages in messages, and groups",
      ("0a" + delimited(PROTO), {"fields": [field(1, "length", "message", moved(2), 4)]}),
      ("0b" + PROTO + "0c", {"fields": [field(1, "group", "group", moved(1))]}),
      ("0a" + delimited("0a" + delimited("1001")), {"fields": [field(1, "length", "message", [field(1, "length", "message", [field(2, "varint", "uint64", "1", 2)], 3)], 3)]}))
guess("numbers", "numbers by wire type",
      ("0801", {"fields": [field(1, "varint", "uint64", "1", 2)]}),
      ("08ffffffffffffffffff01", {"fields": [field(1, "varint", "int64", "-1", 2)]}),
      ("0d0000803f", {"fields": [field(1, "fixed32", "float", 1, 1)]}),
      ("0dffffffff", {"fields": [field(1, "fixed32", "sfixed32", -1, 2)]}),
      ("090500000000000000", {"fields": [field(1, "fixed64", "fixed64", "5", 1)]}))
guess("packed", "packed numbers",
      ("0a03830107", {"fields": [field(1, "length", "packed uint64", ["131", "7"], 1)]}),
      ("0a0c0000803f00002040000040c0", {"fields": [field(1, "length", "packed float", [1, 2.5, -3], 2)]}))
guess("empty", "no bytes are a message without fields", ("", {"fields": []}))
guess("no-message", "what is no message fails at its first byte that none has",
      ("ffff", ("PROTOBUF_TRUNCATED", 0)), ("080100", ("PROTOBUF_TAG", 2)), ("0a05" + "00", ("PROTOBUF_TRUNCATED", 2)))
