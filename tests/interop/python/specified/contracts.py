"""Which schema, which message, which side; tombstones; what configurations are refused."""

from cases import call, case, fails, file, ok, schema_text
from protos import compile_text
from specified.common import (
    AVRO, AVSC, CONFLUENT_42, FDS, FIELDS, GLUE, JSON, OTHER_UUID, PROTO, UUID, avro, avro_schema, proto_schema, protobuf)

RULES = "contracts of kafkalens"
FILES = {"product.avsc": AVSC}
PRODUCT = {"product.fds": FDS}
IDENTITY = f"glue:{UUID}"
STRING = {"string.avsc": schema_text("string")}


def contract(name, about, config, records, expect, **more):
    case(f"contracts/{name}", about, RULES, config=config, records=records, expect=expect, **more)


def schema(code, **more):
    return {"value": fails(code, "schema", **more)}


# Which schema is the writer's.
contract("writer-without-reference", "a record that names no schema takes the configured writer", avro(framing="none"), [{"value": AVRO}], [{"value": ok(JSON)}], files=FILES)
contract("writer-unexpected", "a local writer does not stand for an id that is not named", avro(framing="confluent"), [{"value": CONFLUENT_42 + AVRO}], [schema("SCHEMA_ID_UNEXPECTED")], files=FILES)
contract("ids-number", "ids: numbers", avro(framing="confluent", ids=[7, 42]), [{"value": CONFLUENT_42 + AVRO}, {"value": "000000002b" + AVRO}, {"value": "0000000007" + AVRO}],
         [{"value": ok(JSON, "confluent:42")}, schema("SCHEMA_ID_UNEXPECTED"), {"value": ok(JSON, "confluent:7")}], files=FILES)
for name, identity in (("uuid", UUID), ("reference", IDENTITY), ("upper-case", UUID.upper())):
    contract(f"ids-{name}", f"ids: a UUID ({name})", avro(framing="glue", ids=[identity]), [{"value": GLUE + AVRO}, {"value": "0300" + OTHER_UUID.replace("-", "") + AVRO}],
             [{"value": ok(JSON, IDENTITY)}, schema("SCHEMA_ID_UNEXPECTED")], files=FILES)
contract("ids-esm", "ids count for references from metadata as well", avro(ids=[42]), [
    {"value": AVRO, "valueSchemaMetadata": {"schemaId": "42", "dataFormat": "AVRO"}}, {"value": AVRO, "valueSchemaMetadata": {"schemaId": "43", "dataFormat": "AVRO"}}, {"value": AVRO}],
    [{"value": ok(JSON, "confluent:42")}, schema("SCHEMA_ID_UNEXPECTED"), {"value": ok(JSON)}], files=FILES)
contract("ids-protobuf", "ids for a local descriptor set", protobuf(framing="confluent", ids=[42]), [{"value": CONFLUENT_42 + "00" + PROTO}, {"value": "000000002b" + "00" + PROTO}],
         [{"value": ok(JSON, "confluent:42")}, schema("SCHEMA_ID_UNEXPECTED")], files=PRODUCT)
contract("schema-missing", "an id whose schema was not added; its neighbours are decoded", {"value": {"format": "avro", "framing": "confluent"}},
         [{"value": CONFLUENT_42 + AVRO}, {"value": "000000002b" + AVRO}, {"value": CONFLUENT_42 + AVRO}], [{"value": ok(JSON, "confluent:42")}, schema("SCHEMA_MISSING"), {"value": ok(JSON, "confluent:42")}],
         files=FILES, schemas=[avro_schema()])
contract("schema-missing-none", "no schema at all was added", {"value": {"format": "avro", "framing": "glue"}}, [{"value": GLUE + AVRO}], [schema("SCHEMA_MISSING")], missing=[IDENTITY])
contract("schema-reference-missing", "a record that names no schema, and none is configured", {"value": {"format": "avro"}}, [{"value": AVRO}], [schema("SCHEMA_REFERENCE_MISSING")])
contract("schema-type", "a schema of another type than the format", {"value": {"format": "protobuf", "framing": "confluent"}}, [{"value": CONFLUENT_42 + "00" + PROTO}], [schema("SCHEMA_TYPE_MISMATCH")],
         files=FILES, schemas=[avro_schema()])
contract("several-schemas", "each record by its own schema, in any order", {"value": {"format": "avro", "framing": "confluent"}},
         [{"value": "0000000001" + "0278"}, {"value": CONFLUENT_42 + AVRO}, {"value": "0000000001" + "0279"}, {"value": CONFLUENT_42 + AVRO}],
         [{"value": ok('"x"', "confluent:1")}, {"value": ok(JSON, "confluent:42")}, {"value": ok('"y"', "confluent:1")}, {"value": ok(JSON, "confluent:42")}],
         files={**FILES, **STRING}, schemas=[avro_schema("confluent:1", "string.avsc"), avro_schema()])
contract("missing-list", "every missing schema once, keys and values", {"key": {"format": "avro", "framing": "confluent"}, "value": {"format": "avro", "framing": "confluent"}},
         [{"key": "0000000001" + "026b", "value": CONFLUENT_42 + AVRO}, {"key": "0000000001" + "026b", "value": CONFLUENT_42 + AVRO}], [{"key": ok('"k"', "confluent:1"), "value": ok(JSON, "confluent:42")}] * 2,
         files={**FILES, **STRING}, schemas=[avro_schema("confluent:1", "string.avsc"), avro_schema()], missing=["confluent:1", "confluent:42"])
contract("reader", "the writer by its id, a reader from the configuration", {"value": {"format": "avro", "framing": "confluent", "reader": file("reader.avsc")}}, [{"value": CONFLUENT_42 + AVRO}],
         [{"value": ok('{"price":999.99,"id":1001,"note":"none"}', "confluent:42")}], files={**FILES, "reader.avsc": schema_text({"type": "record", "name": "Product", "fields": [
             {"name": "price", "type": "double"}, {"name": "id", "type": "long"}, {"name": "note", "type": "string", "default": "none"}]})}, schemas=[avro_schema()])
contract("references", "a schema with a reference", {"value": {"format": "avro", "framing": "confluent"}}, [{"value": CONFLUENT_42 + "02" + AVRO}], [{"value": ok('{"n":1,"product":' + JSON + "}", "confluent:42")}],
         files={**FILES, "order.avsc": schema_text({"type": "record", "name": "Line", "fields": [{"name": "n", "type": "int"}, {"name": "product", "type": "Product"}]})},
         schemas=[{"ref": "confluent:42", "type": "AVRO", "file": "order.avsc", "references": [{"name": "Product", "file": "product.avsc"}]}])

# Several registries: the same number is another schema in each.
REGISTRIES = {"registries": {"eu": {}, "us": {}}}
IN_EU = {"format": "avro", "framing": "confluent", "registry": "eu"}
contract("registries", "a side's schemas are those of its registry, a topic's of another one", {**REGISTRIES, "key": {"format": "avro", "framing": "confluent"}, "value": IN_EU, "topics": {"u": {"value": {**IN_EU, "registry": "us"}}}},
         [{"key": "0000000001" + "026b", "value": CONFLUENT_42 + AVRO}, {"value": "000000002b" + AVRO}, {"topic": "u", "key": "0000000001" + "026b", "value": CONFLUENT_42 + "0278"}],
         [{"key": ok('"k"', "confluent:1"), "value": ok(JSON, "eu/confluent:42")}, schema("SCHEMA_MISSING"), {"key": ok('"k"', "confluent:1"), "value": ok('"x"', "us/confluent:42")}],
         files={**FILES, **STRING}, schemas=[avro_schema("eu/confluent:42"), avro_schema("us/confluent:42", "string.avsc"), avro_schema("confluent:1", "string.avsc"), avro_schema("confluent:43")],
         missing=["confluent:1", "eu/confluent:42", "eu/confluent:43", "us/confluent:42"])
contract("registries-glue", "Glue registries of two accounts, Protobuf", {**REGISTRIES, "value": {"format": "protobuf", "framing": "glue", "registry": "us"}}, [{"value": GLUE + "00" + PROTO}],
         [{"value": ok(JSON, f"us/{IDENTITY}")}], files=PRODUCT, schemas=[proto_schema(f"us/{IDENTITY}")], missing=[f"us/{IDENTITY}"])
contract("registries-metadata", "a schema that the record's metadata names is in the side's registry, too", {**REGISTRIES, "value": {"format": "avro", "registry": "eu"}},
         [{"value": AVRO, "valueSchemaMetadata": {"schemaId": "42", "dataFormat": "AVRO"}}], [{"value": ok(JSON, "eu/confluent:42")}], files=FILES, schemas=[avro_schema("eu/confluent:42")], missing=["eu/confluent:42"])
contract("registries-ids", "ids of a local schema are those of the side's registry", {**REGISTRIES, **avro(framing="confluent", registry="eu", ids=[42, "confluent:7", "us/confluent:8"])},
         [{"value": CONFLUENT_42 + AVRO}, {"value": "0000000007" + AVRO}, {"value": "0000000008" + AVRO}], [{"value": ok(JSON, "eu/confluent:42")}, {"value": ok(JSON, "eu/confluent:7")}, schema("SCHEMA_ID_UNEXPECTED")], files=FILES)

# Which message.
TWO = compile_text(f'syntax = "proto3"; package shop; message First {{ string first = 1; }} message Product {{ {FIELDS} }}')
TWO_FILES = {"product.fds": TWO}
NAMED = {"value": {"format": "protobuf", "framing": "confluent", "message": "shop.Product"}}
contract("message-agrees", "the configured message and the index agree", NAMED, [{"value": CONFLUENT_42 + "0202" + PROTO}], [{"value": ok(JSON, "confluent:42")}], files=TWO_FILES, schemas=[proto_schema()])
contract("message-mismatch", "the schema came by the record's own id: a disagreement is an error", NAMED, [{"value": CONFLUENT_42 + "00" + "0a0178"}, {"value": CONFLUENT_42 + "0202" + PROTO}],
         [schema("MESSAGE_MISMATCH", at=5), {"value": ok(JSON, "confluent:42")}], files=TWO_FILES, schemas=[proto_schema()])
for mode in ("verify", "warn", "ignore"):
    expected = schema("MESSAGE_MISMATCH", at=5) if mode == "verify" else {"value": ok(JSON, "confluent:42")}
    contract(f"message-index-{mode}", f"a local schema whose configured message is not the index's; messageIndex: {mode}", {**protobuf(framing="confluent", anyId=True), "messageIndex": mode},
             [{"value": CONFLUENT_42 + "00" + PROTO}], [expected], files=TWO_FILES, calls=[call("warnings", {"MESSAGE_MISMATCH": 1} if mode == "warn" else {})])
contract("message-index-default", "a local schema: the configured message wins unless messageIndex says otherwise", protobuf(framing="confluent", anyId=True), [{"value": CONFLUENT_42 + "00" + PROTO}],
         [{"value": ok(JSON, "confluent:42")}], files=TWO_FILES)
contract("message-unknown", "a configured message that the schema does not have", {"value": {"format": "protobuf", "framing": "confluent", "message": "shop.None"}}, [{"value": CONFLUENT_42 + "00" + PROTO}],
         [schema("MESSAGE_UNKNOWN")], files=TWO_FILES, schemas=[proto_schema()])

# Sides and topics.
contract("value-only", "a side that is not configured is text", avro(), [{"key": "6b", "value": AVRO}, {"key": "ff", "value": AVRO}],
         [{"key": ok('"k"'), "value": ok(JSON)}, {"key": fails("TEXT_ENCODING", side="key", at=0), "value": ok(JSON)}], files=FILES)
contract("each-side", "key and value, each with its own format", {"key": {"format": "primitive", "type": "int32"}, **avro()}, [{"key": "0000002a", "value": AVRO}], [{"key": ok("42"), "value": ok(JSON)}], files=FILES)
contract("topics", "a topic's own sides; what it does not name comes from the whole", {"key": {"format": "text"}, "value": {"format": "json"}, "topics": {
    "products": avro(), "raw": {"key": {"format": "bytes"}, "value": {"format": "bytes"}}}},
    [{"topic": "other", "key": "6b", "value": "5b315d"}, {"topic": "products", "key": "6b", "value": AVRO}, {"topic": "raw", "key": "ff", "value": "ff"}, {"topic": "other", "key": "6b", "value": "5b325d"}],
    [{"key": ok('"k"'), "value": ok("[1]")}, {"key": ok('"k"'), "value": ok("[2]")}, {"key": ok('"k"'), "value": ok(JSON)}, {"key": ok('"/w=="'), "value": ok('"/w=="')}], files=FILES)
contract("topics-names", "topics by exact name, whatever the name", {"value": {"format": "text"}, "topics": {"__proto__": {"value": {"format": "bytes"}}, "a.b_c-d": {"value": {"format": "bytes"}}}},
         [{"topic": "__proto__", "value": "61"}, {"topic": "a.b_c-d", "value": "61"}, {"topic": "a.b_c", "value": "61"}], [{"value": ok('"YQ=="')}, {"value": ok('"YQ=="')}, {"value": ok('"a"')}])
for name, side, files in (("avro", avro(framing="glue", anyId=True), FILES), ("protobuf", protobuf(framing="confluent", anyId=True), PRODUCT), ("json", {"value": {"format": "json"}}, {}),
                          ("primitive", {"value": {"format": "primitive", "type": "int64"}}, {})):
    contract(f"tombstone-{name}", f"a tombstone is never an error: {name}", {**side, "key": {"format": "text"}}, [{"key": "6b"}, {"key": "6b", "value": None}, {"value": None}],
             [{"key": ok('"k"'), "value": {"tombstone": "absent"}}, {"key": ok('"k"'), "value": {"tombstone": "null"}}, {"key": {"tombstone": "absent"}, "value": {"tombstone": "null"}}], files=files)
contract("empty-is-no-tombstone", "an empty value is zero bytes and is decoded as such", avro(framing="none"), [{"value": ""}], [{"value": fails("AVRO_TRUNCATED", path="$.id", at=0)}], files=FILES)
contract("tombstone-metadata", "a tombstone stays one whatever its metadata says", avro(anyId=True), [{"value": None, "valueSchemaMetadata": {"schemaId": "42", "dataFormat": "PROTOBUF"}}],
         [{"value": {"tombstone": "null"}}], files=FILES)


# What is refused as a whole.
def refused(name, about, config, code="CONFIG_INVALID", **more):
    case(f"contracts/config-{name}", about, RULES, config=config, event={"records": {}}, expectError={"code": code, "category": "schema"}, **more)


refused("unknown-name", "unknown names are errors", {"value": {"format": "json"}, "int46": "bigint"})
refused("unknown-side-name", "unknown names of a side are errors", {"value": {"format": "json", "frame": "none"}})
refused("unknown-limit", "unknown limits are errors", {"limits": {"deep": 5}})
refused("unknown-format", "a format that does not exist", {"value": {"format": "thrift"}})
refused("unknown-framing", "a framing that does not exist", {"value": {"format": "json", "framing": "kafka"}})
refused("wrong-type", "a value of the wrong type", {"value": "json"})
refused("unknown-option", "an option's value that does not exist", {"int64": "float"})
refused("bad-limit", "a limit that is no number", {"limits": {"depth": -1}})
refused("deep-limit", "a limit on depth that not every host bears", {"limits": {"depth": 501}})
refused("deep-schema-limit", "a limit on the depth of schemas that not every host bears", {"limits": {"schemaDepth": 501}})
refused("bad-rule", "a lenient rule that does not exist", {"lenient": ["everything"]})
refused("registry-unknown", "a registry that `registries` lacks", {"registries": {"eu": {}}, "value": {"format": "avro", "framing": "confluent", "registry": "us"}})
refused("registry-none", "a registry without `registries`", {"value": {"format": "avro", "framing": "confluent", "registry": "us"}})
refused("registries-name", "a name that no reference could have", {"registries": {"eu:1": {}}})
refused("registries-member", "what a registry has is for the hosts that fetch", {"registries": {"eu": {"url": "https://registry.example.com"}}})
refused("int64-path", "what is no path", {"int64": {"paths": {"id": "number"}}})
refused("int64-mode", "what is no way to show an integer", {"int64": {"paths": {"$.id": "float"}}})
refused("int64-member", "a member that `int64` lacks", {"int64": {"path": {}}})
