"""Protobuf message indexes: Confluent's zig-zag lists, Glue's single varint, and what other decoders make of them."""

from cases import case, fails, file, ok
from protos import compile_text
from specified.common import CONFLUENT_42, FIELDS, GLUE, JSON, PROTO, UUID, proto_schema
from specified.framing import CONFLUENT, ELSEWHERE, ESM, GLUE_FORMAT, IDENTITY, stored

BODY = "0a0178"


def shown(field):
    return f'{{"{field}":"x"}}'


def message(name, field, inner=""):
    """A message whose one field says which it is."""
    return f"message {name} {{ string {field} = 1; {inner} }}\n"


# Message i of the file has the field iI; nested ones name their whole path.
NESTED = {
    0: message("N0", "i0n0"),
    1: message("N0", "i1n0"),
    2: message("N0", "i2n0", message("P0", "i2n0p0") + message("P1", "i2n0p1")),
}
MANY = compile_text('syntax = "proto3"; package many;\n' + "".join(message(f"M{i}", f"i{i}", NESTED.get(i, "")) for i in range(301)))
# The same shape, every message the product: for configurations that name no field.
PRODUCTS = compile_text('syntax = "proto3"; package shop;\n' + "".join(
    f"message P{i} {{ {FIELDS} {f'message N0 {{ {FIELDS} message Q0 {{ {FIELDS} }} message Q1 {{ {FIELDS} }} }}' if i < 3 else ''} }}\n" for i in range(71)))
BY_ID = {"value": {"format": "protobuf", "framing": "confluent"}}


def indexed(name, about, origin, rows, config, fds=MANY, prefix=CONFLUENT_42, ref="confluent:42", body=BODY, metadata=None, local=False):
    """A case of (index as hexadecimal, field that the message has, or the whole expectation)."""
    more = {"valueSchemaMetadata": metadata} if metadata else {}
    case(f"framing/{name}", about, origin, config=config, files={"schema.fds": fds},
         **({} if local else {"schemas": [proto_schema(ref, "schema.fds")]}),
         records=[{"value": prefix + index + body, **more} for index, _ in rows],
         expect=[{"value": x if isinstance(x, dict) else ok(shown(x), ref)} for _, x in rows])


indexed("confluent-indexes", "message indexes: how many, then each, as zig-zag varints; the record's own says which message", CONFLUENT, [
    ("00", "i0"), ("0200", "i0"), ("0202", "i1"), ("0204", "i2"), ("040000", "i0n0"), ("040200", "i1n0"), ("06040002", "i2n0p1"),
    ("027e", "i63"), ("028001", "i64"), ("028c01", "i70"), ("02d804", "i300")], BY_ID)
indexed("confluent-indexes-unsigned", "the deprecated unsigned indexes, read where zig-zag is malformed",
        "Confluent wire format, as confluent-kafka-python wrote it with use.deprecated.format",
        [("0101", "i1"), ("020100", "i1n0"), ("03020001", "i2n0p1"), ("0100", "i0")], BY_ID)
indexed("confluent-indexes-bad", "indexes that name no message, are negative, too many or cut", CONFLUENT, [
    ("02da04", fails("CONFLUENT_INDEX", "framing", at=5)), ("040206", fails("CONFLUENT_INDEX", "framing", at=5)), ("06040008", fails("CONFLUENT_INDEX", "framing", at=5)),
    ("feffffff0f", fails("CONFLUENT_INDEX", "framing", at=5)), ("02feffffff0f", fails("CONFLUENT_INDEX", "framing", at=5)),
    ("02ffffffffffffffffff7f", fails("CONFLUENT_INDEX", "framing", at=5)), ("0202", "i1")], BY_ID)
indexed("confluent-indexes-maps", "a map is no nested message: the index counts what the schema's text declares", CONFLUENT + ", Java",
        [("040000", ok('{"bar":"x"}', "confluent:42"))], BY_ID,
        fds=compile_text('syntax = "proto3"; package m; message M { map<string, string> foo = 1; message Bar { string bar = 1; } }'))
indexed("confluent-indexes-imports", "the index counts the messages of the schema's own file, not of its imports", CONFLUENT,
        [("0202", ok('{"second":"x"}', "confluent:42"))], BY_ID, fds=compile_text(
            'syntax = "proto3"; package m; import "google/protobuf/timestamp.proto"; import "google/protobuf/struct.proto";\n'
            "message First { google.protobuf.Timestamp at = 1; google.protobuf.Struct s = 2; } message Second { string second = 1; }"))

# ESM in SOURCE mode strips the id and leaves the index.
SOURCE = {"value": {"format": "protobuf"}}
PB_CONFLUENT, PB_GLUE = {"schemaId": "42", "dataFormat": "PROTOBUF"}, {"schemaId": UUID, "dataFormat": "PROTOBUF"}
indexed("esm-source-protobuf-confluent", "SOURCE mode of a Confluent registry: message indexes stay, the id is in the metadata", ESM,
        [("00", "i0"), ("0202", "i1"), ("040200", "i1n0"), ("06040002", "i2n0p1")], SOURCE, prefix="", metadata=PB_CONFLUENT)
# Glue counts all messages, nested and map entries too, in the order of their full names.
NAMED = compile_text('syntax = "proto3"; package ex;\n' + message("Z", "z") + message("B", "b", message("C", "bc") + message("A", "ba", message("D", "bad")))
                     + message("A0", "a0"))
NAMES = [("00", "a0"), ("01", "b"), ("02", "ba"), ("03", "bad"), ("04", "bc"), ("05", "z")]
GLUE_SIDE = {"value": {"format": "protobuf", "framing": "glue"}}
indexed("glue-indexes", "Glue's index counts all messages in the order of their full names", GLUE_FORMAT, NAMES, GLUE_SIDE, fds=NAMED, prefix=GLUE, ref=IDENTITY)
indexed("glue-indexes-bad", "an index beyond the messages, and one that is no varint", GLUE_FORMAT,
        [("06", fails("GLUE_INDEX", "framing", at=18)), ("ffffffff0f", fails("GLUE_INDEX", "framing", at=18)), ("ffffffffffffffffffff01", fails("GLUE_INDEX", "framing", at=18)), ("01", "b")],
        GLUE_SIDE, fds=NAMED, prefix=GLUE, ref=IDENTITY)
indexed("esm-source-protobuf-glue", "SOURCE mode of Glue: the index stays, the UUID is in the metadata", ESM, NAMES[:3], SOURCE, fds=NAMED, prefix="",
        ref=IDENTITY, metadata=PB_GLUE)
GLUE_MANY = compile_text('syntax = "proto3"; package g;\n' + "".join(message(f"G{i:03}", f"i{i}") for i in range(200)))
indexed("glue-indexes-two-bytes", "an index of two bytes", ELSEWHERE, [("7f", "i127"), ("8001", "i128"), ("9601", "i150")], GLUE_SIDE, fds=GLUE_MANY,
        prefix=GLUE, ref=IDENTITY)
GLUE_MAPS = compile_text('syntax = "proto3"; package g; message M { map<string, string> foo = 1; message Zed { string zed = 1; } string own = 2; }')
indexed("glue-indexes-maps", "a map's entry type takes part in Glue's order", GLUE_FORMAT, [("02", "zed")], GLUE_SIDE, fds=GLUE_MAPS, prefix=GLUE, ref=IDENTITY)
case("framing/glue-protobuf", "header, index, Protobuf; compressed, index and message are both inside", GLUE_FORMAT,
     config={"value": {"format": "protobuf", "framing": "glue"}}, files={"schema.fds": PRODUCTS}, schemas=[proto_schema(IDENTITY, "schema.fds")],
     records=[{"value": GLUE + "01" + PROTO}, {"value": "0305" + GLUE[4:] + stored("01" + PROTO)}],
     expect=[{"value": ok(JSON, IDENTITY)}, {"value": ok(JSON, IDENTITY)}])

# The product under every index: message by index, the same value whatever came before it.
ROWS = ["00", "0202", "0204", "020a", "040200", "040000", "06040002", "028c01", "0202", "06040002", "00"]
LOCAL = {"format": "protobuf", "descriptorSet": file("schema.fds"), "anyId": True}
indexed("elsewhere-protobuf-indexes", "SOURCE mode with a local schema: each index gives the whole product, in any order of records", ELSEWHERE,
        [(row, ok(JSON, "confluent:42")) for row in ROWS], {"value": LOCAL}, fds=PRODUCTS, prefix="", body=PROTO, metadata=PB_CONFLUENT, local=True)
for name, index in (("P1", "0202"), ("P1.N0", "040200"), ("P2.N0.Q1", "06040002"), ("P70", "028c01")):
    indexed(f"elsewhere-protobuf-{name.lower().replace('.', '-')}", f"SOURCE mode with the message {name} configured and checked", ELSEWHERE,
            [(index, ok(JSON, "confluent:42"))], {"value": {**LOCAL, "message": f"shop.{name}"}, "messageIndex": "verify"}, fds=PRODUCTS, prefix="",
            body=PROTO, metadata=PB_CONFLUENT, local=True)
