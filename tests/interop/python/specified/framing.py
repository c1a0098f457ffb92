"""Framings: none, Confluent, Glue, and what schema-registry mappings leave."""

import struct
import zlib

from cases import b64, case, fails, file, ok, schema_text
from specified.common import (
    AVRO, AVSC, CONFLUENT_42, FDS, GLUE, JSON, PROTO, SOURCE_CONFLUENT, SOURCE_GLUE, UUID, UUID_HEX,
    avro, avro_schema, lambda_event, proto_schema, protobuf, record)

CONFLUENT = "Confluent wire format"
GLUE_FORMAT = "AWS Glue Schema Registry wire format"
ESM = "AWS Lambda, Kafka mappings with a schema registry"
AVRO_FILES = {"product.avsc": AVSC}
PROTO_FILES = {"product.fds": FDS}
IDENTITY = f"glue:{UUID}"


def stored(data: str) -> str:
    """A zlib stream of one stored block, the same whatever library makes it."""
    raw = bytes.fromhex(data)
    return (b"\x78\x01\x01" + struct.pack("<HH", len(raw), len(raw) ^ 0xFFFF) + raw + struct.pack(">I", zlib.adler32(raw))).hex()


def framed(name, about, origin, *rows, config, files, schemas=None, metadata=None, **more):
    """A case of values: (hex, expectation)."""
    records = [{"value": h, **({"valueSchemaMetadata": metadata} if metadata else {})} for h, _ in rows]
    parts = {"schemas": schemas} if schemas else {}
    case(f"framing/{name}", about, origin, config=config, files=files, records=records,
         expect=[{"value": x if isinstance(x, dict) else ok(x)} for _, x in rows], **parts, **more)


# No framing.
framed("none-avro", "bare Avro", "Avro specification 1.12, Binary Encoding", (AVRO, JSON), config=avro(framing="none"), files=AVRO_FILES)
framed("none-protobuf", "bare Protobuf", "Protobuf encoding", (PROTO, JSON), config=protobuf(framing="none"), files=PROTO_FILES)
framed("esm-bare-avro", "the default framing without schema metadata is none: Avro", ESM, (AVRO, JSON), config=avro(), files=AVRO_FILES)
framed("esm-bare-protobuf", "the default framing without schema metadata is none: no message index is read", ESM, (PROTO, JSON),
       config=protobuf(), files=PROTO_FILES)

# Confluent.
framed("confluent-avro", "magic byte, schema id, Avro; the schema comes by its id", CONFLUENT, (CONFLUENT_42 + AVRO, ok(JSON, "confluent:42")),
       config={"value": {"format": "avro", "framing": "confluent"}}, files=AVRO_FILES, schemas=[avro_schema()], missing=["confluent:42"])
framed("confluent-avro-local", "a local writer's schema for any id", CONFLUENT,
       (CONFLUENT_42 + AVRO, ok(JSON, "confluent:42")), ("007fffffff" + AVRO, ok(JSON, "confluent:2147483647")), ("0000000000" + AVRO, ok(JSON, "confluent:0")),
       config=avro(framing="confluent", anyId=True), files=AVRO_FILES)
framed("confluent-json", "JSON Schema: the id, then JSON", CONFLUENT, (CONFLUENT_42 + JSON.encode().hex(), JSON),
       config={"value": {"format": "json", "framing": "confluent"}}, files={})
framed("confluent-avro-bytes", "a writer's schema of bytes at the top: the payload is the bytes, without their length",
       "Confluent wire format, as its Avro serializer writes it", (CONFLUENT_42 + "ff00", ok('"/wA="', "confluent:42")), (CONFLUENT_42, ok('""', "confluent:42")),
       config={"value": {"format": "avro", "framing": "confluent"}}, files={"bytes.avsc": '"bytes"\n'}, schemas=[avro_schema(name="bytes.avsc")])
for name, reader, expected in (("tagged", ["null", "bytes"], '{"bytes":"\\u0004ab"}'), ("string", ["string", "null"], '{"string":"\\u0004ab"}')):
    framed(f"confluent-avro-bytes-{name}", "a writer's schema of bytes at the top, read as a branch of a union: still without its length", "Confluent wire format, as its Avro serializer writes it",
           (CONFLUENT_42 + "046162", ok(expected, "confluent:42")), config={"value": {"format": "avro", "framing": "confluent", "reader": file("reader.avsc")}, "dialect": "avro-json"},
           files={"bytes.avsc": '"bytes"\n', "reader.avsc": schema_text(reader)}, schemas=[avro_schema(name="bytes.avsc")])
framed("confluent-protobuf", "the index [0] as one zero byte", CONFLUENT, (CONFLUENT_42 + "00" + PROTO, ok(JSON, "confluent:42")),
       config={"value": {"format": "protobuf", "framing": "confluent"}}, files=PROTO_FILES, schemas=[proto_schema()])
framed("confluent-protobuf-long-zero", "the index [0] written out is the same", CONFLUENT, (CONFLUENT_42 + "0200" + PROTO, ok(JSON, "confluent:42")),
       config={"value": {"format": "protobuf", "framing": "confluent"}}, files=PROTO_FILES, schemas=[proto_schema()])
framed("confluent-text", "any format may stand behind the id", CONFLUENT, (CONFLUENT_42 + "6869", '"hi"'),
       config={"value": {"format": "text", "framing": "confluent"}}, files={})
framed("confluent-errors", "payloads that are no Confluent payloads", CONFLUENT,
       ("", fails("FRAMING_TRUNCATED", "framing")), ("00", fails("FRAMING_TRUNCATED", "framing")), ("000000", fails("FRAMING_TRUNCATED", "framing")),
       ("00000000", fails("FRAMING_TRUNCATED", "framing")), (AVRO, fails("CONFLUENT_MAGIC", "framing", at=0)),
       (GLUE + AVRO, fails("CONFLUENT_MAGIC", "framing", at=0)), ("01" + UUID_HEX[:-2], fails("FRAMING_TRUNCATED", "framing", at=16)), ("02" + AVRO, fails("CONFLUENT_MAGIC", "framing", at=0)),
       (CONFLUENT_42, fails("AVRO_TRUNCATED", path="$.id", at=5)), (CONFLUENT_42 + AVRO, ok(JSON, "confluent:42")),
       config=avro(framing="confluent", anyId=True), files=AVRO_FILES)
framed("offsets-include-framing", "byte offsets count from the start of the payload, framing included", CONFLUENT,
       (CONFLUENT_42 + AVRO[:10], fails("AVRO_TRUNCATED", path="$.name", at=8)), (CONFLUENT_42 + AVRO + "00", fails("AVRO_TRAILING", path="$", at=5 + 17)),
       (CONFLUENT_42 + "d20f04c328" + "00" * 8, fails("AVRO_UTF8", path="$.name", at=8)),
       config=avro(framing="confluent", anyId=True), files=AVRO_FILES)

# Glue.
framed("glue-avro", "header version, compression byte, UUID, Avro; the schema comes by its UUID", GLUE_FORMAT, (GLUE + AVRO, ok(JSON, IDENTITY)),
       config={"value": {"format": "avro", "framing": "glue"}}, files=AVRO_FILES, schemas=[avro_schema(IDENTITY)], missing=[IDENTITY])
framed("glue-avro-zlib", "a compressed body", GLUE_FORMAT,
       ("0305" + UUID_HEX + "789cbbc4cfe3935850925f10b443aef5b57dbf03003bea0704", ok(JSON, IDENTITY)), ("0305" + UUID_HEX + stored(AVRO), ok(JSON, IDENTITY)),
       config=avro(framing="glue", anyId=True), files=AVRO_FILES)
framed("glue-json", "JSON Schema: the header, then JSON", GLUE_FORMAT, (GLUE + JSON.encode().hex(), JSON),
       ("0305" + UUID_HEX + stored(JSON.encode().hex()), JSON), config={"value": {"format": "json", "framing": "glue"}}, files={})
framed("glue-errors", "payloads that are no Glue payloads", GLUE_FORMAT,
       ("", fails("FRAMING_TRUNCATED", "framing")), ("03", fails("FRAMING_TRUNCATED", "framing")), ("0300" + UUID_HEX[:-2], fails("FRAMING_TRUNCATED", "framing")),
       ("0400" + UUID_HEX + AVRO, fails("GLUE_VERSION", "framing", at=0)), (CONFLUENT_42 + AVRO, fails("GLUE_VERSION", "framing", at=0)),
       ("0301" + UUID_HEX + AVRO, fails("GLUE_COMPRESSION", "framing", at=1)), ("03ff" + UUID_HEX + AVRO, fails("GLUE_COMPRESSION", "framing", at=1)),
       (GLUE, fails("AVRO_TRUNCATED", path="$.id", at=18)), (GLUE + AVRO, ok(JSON, IDENTITY)),
       config=avro(framing="glue", anyId=True), files=AVRO_FILES)
WHOLE = stored(AVRO)
framed("glue-zlib-errors", "damaged, truncated and empty zlib streams end", GLUE_FORMAT + "; RFC 1950",
       *[("0305" + UUID_HEX + z, fails("GLUE_BAD_ZLIB", "framing", at=18)) for z in (
           "", "78", WHOLE[:-2], WHOLE[:20], AVRO, "789c" + "ff" * 8, WHOLE[:-8] + "00000000", "789c")],
       ("0305" + UUID_HEX + WHOLE, ok(JSON, IDENTITY)), config=avro(framing="glue", anyId=True), files=AVRO_FILES)
framed("glue-zlib-offsets", "byte offsets inside a compressed body count there", GLUE_FORMAT,
       ("0305" + UUID_HEX + stored(AVRO[:10]), fails("AVRO_TRUNCATED", path="$.name", at=3, space="body")),
       ("0305" + UUID_HEX + stored(AVRO + "00"), fails("AVRO_TRAILING", path="$", at=17, space="body")),
       config=avro(framing="glue", anyId=True), files=AVRO_FILES)
framed("glue-inflate-limit", "a body that inflates beyond the limit is refused, one at the limit is not", GLUE_FORMAT,
       ("0305" + UUID_HEX + stored("18" + "61" * 12), '"aaaaaaaaaaaa"'), ("0305" + UUID_HEX + stored("1a" + "61" * 13), fails("INFLATE_LIMIT", "limit", at=18)),
       config={"value": {"format": "avro", "framing": "glue", "writer": "\"string\"", "anyId": True}, "limits": {"inflatedBytes": 13}}, files={})

# What a mapping with a schema registry leaves in SOURCE mode: no id in the payload, metadata beside it.
for kind, metadata, ref in (("confluent", SOURCE_CONFLUENT, "confluent:42"), ("glue", SOURCE_GLUE, IDENTITY)):
    framed(f"esm-source-avro-{kind}", "SOURCE mode: bare Avro, the schema named by the record's metadata", ESM, (AVRO, ok(JSON, ref)),
           config={"value": {"format": "avro"}}, files=AVRO_FILES, schemas=[avro_schema(ref)], metadata=metadata, missing=[ref])
    framed(f"esm-source-avro-{kind}-local", "SOURCE mode with a local writer's schema", ESM, (AVRO, ok(JSON, ref)),
           config=avro(anyId=True), files=AVRO_FILES, metadata=metadata)
framed("esm-source-json", "SOURCE mode of JSON Schema: bare JSON", ESM, (JSON.encode().hex(), JSON), config={"value": {"format": "json"}}, files={},
       metadata={"schemaId": "42", "dataFormat": "JSON"})
framed("esm-json-mode", "JSON mode: the payload is JSON, whatever format is configured", ESM,
       ('{"id": 1001, "name": "Laptop", "price": 999.99}'.encode().hex(), JSON), ("5b31", fails("JSON_TRUNCATED", at=2)),
       config=avro(anyId=True), files=AVRO_FILES, metadata={"schemaId": UUID, "dataFormat": "JSON"})
framed("esm-json-mode-protobuf", "JSON mode in place of Protobuf", ESM, (JSON.encode().hex(), JSON), config=protobuf(anyId=True), files=PROTO_FILES,
       metadata={"schemaId": "42", "dataFormat": "JSON"})
framed("esm-mismatch", "metadata that contradicts the configured format", ESM, (PROTO, fails("FRAMING_FORMAT_MISMATCH", "framing")),
       config=avro(anyId=True), files=AVRO_FILES, metadata={"schemaId": "42", "dataFormat": "PROTOBUF"})
framed("esm-mismatch-protobuf", "metadata that says Avro where Protobuf is configured", ESM, (AVRO, fails("FRAMING_FORMAT_MISMATCH", "framing")),
       config=protobuf(anyId=True), files=PROTO_FILES, metadata=SOURCE_GLUE)
case("framing/esm-per-side", "each side follows its own metadata", ESM,
     config={"key": {"format": "avro", "writer": file("key.avsc"), "anyId": True}, **avro(anyId=True)}, files={**AVRO_FILES, "key.avsc": schema_text("string")},
     records=[{"key": "026b", "value": AVRO, "valueSchemaMetadata": SOURCE_GLUE},
              {"key": "026b", "value": AVRO, "keySchemaMetadata": {"schemaId": "7", "dataFormat": "AVRO"}, "valueSchemaMetadata": SOURCE_GLUE},
              {"key": '"k"'.encode().hex(), "value": AVRO, "keySchemaMetadata": {"schemaId": "7", "dataFormat": "JSON"}, "valueSchemaMetadata": SOURCE_CONFLUENT}],
     expect=[{"key": ok('"k"'), "value": ok(JSON, IDENTITY)}, {"key": ok('"k"', "confluent:7"), "value": ok(JSON, IDENTITY)},
             {"key": ok('"k"'), "value": ok(JSON, "confluent:42")}])

# What other decoders get wrong without a word.
ELSEWHERE = "wire formats; cases that other decoders of Lambda's Kafka events get wrong"
framed("elsewhere-avro-confluent", "Avro in a Confluent frame without a registry at the mapping: read with the framing, refused without",
       ELSEWHERE, (CONFLUENT_42 + AVRO, ok(JSON, "confluent:42")), config=avro(framing="confluent", anyId=True), files=AVRO_FILES)
framed("elsewhere-avro-confluent-undeclared", "a Confluent frame that nobody declared is an error, not a wrong value", ELSEWHERE,
       (CONFLUENT_42 + AVRO, fails("AVRO_TRAILING", path="$", at=10)), config=avro(), files=AVRO_FILES)
framed("elsewhere-avro-glue", "Avro in a Glue frame without a registry at the mapping", ELSEWHERE, (GLUE + AVRO, ok(JSON, IDENTITY)),
       config=avro(framing="glue", anyId=True), files=AVRO_FILES)
framed("elsewhere-avro-glue-undeclared", "a Glue frame that nobody declared is an error, not a wrong value", ELSEWHERE,
       (GLUE + AVRO, fails("AVRO_TRAILING", path="$", at=10)), config=avro(), files=AVRO_FILES)


# All bodies of an event have one budget.
STRING_SIDE = {"value": {"format": "avro", "framing": "glue", "writer": "\"string\"", "anyId": True}}
BODY = stored("18" + "61" * 12)
DAMAGED = BODY[:-2] + ("00" if BODY[-2:] != "00" else "01")
framed("inflate-event-limit", "what bodies inflate to is counted over the event, damaged ones as well; payloads that aren't compressed go on", GLUE_FORMAT + "; kafkalens: a limit of its own",
       ("0305" + UUID_HEX + BODY, ok('"aaaaaaaaaaaa"')), ("0305" + UUID_HEX + DAMAGED, fails("GLUE_BAD_ZLIB", "framing", at=18)), ("0305" + UUID_HEX + BODY, ok('"aaaaaaaaaaaa"')),
       ("0305" + UUID_HEX + BODY, fails("EVENT_INFLATE_LIMIT", "limit", at=18)), ("0300" + UUID_HEX + "0278", ok('"x"')), ("0305" + UUID_HEX + BODY, fails("EVENT_INFLATE_LIMIT", "limit", at=18)),
       config={**STRING_SIDE, "limits": {"eventInflatedBytes": 40}}, files={})
case("framing/inflate-where-limit", "what criteria look at is counted over the event by itself; a record that can't be looked at any more is kept", GLUE_FORMAT + "; kafkalens: a limit of its own",
     config={**STRING_SIDE, "limits": {"eventInflatedBytes": 30}, "where": {"value": ["no"]}}, event=lambda_event({"t-0": [record(offset=i, value=b64("0305" + UUID_HEX + BODY)) for i in range(4)]}),
     expect=[{"value": ok('"aaaaaaaaaaaa"'), "record": {"offset": 2}}, {"value": ok('"aaaaaaaaaaaa"'), "record": {"offset": 3}}])
