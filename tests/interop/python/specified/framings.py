"""Further framings: ids in headers, GUIDs, Apicurio, Azure, CloudEvents, Connect's envelope, several in order, encrypted data."""

import json

from cases import b64, call, case, fails, file, ok
from specified.common import (
    AVRO, AVSC, CONFLUENT_42, FDS, GLUE, JSON, PROTO, UUID, UUID_HEX, avro, avro_schema, proto_schema, protobuf)

AVRO_FILES = {"product.avsc": AVSC}
PROTO_FILES = {"product.fds": FDS}
GUID = f"guid:{UUID}"
BY_ID = {"value": {"format": "avro", "framing": "confluent"}}
CONFLUENT = "Confluent wire format"
VALUE_ID = "__value_schema_id"


def text(s):
    return s.encode().hex()


def framed(name, about, origin, *rows, config, files, schemas=None, **more):
    """A case of values: (hex, headers, expectation)."""
    records = [{"value": h, "headers": [[n, v] for n, v in headers]} for h, headers, _ in rows]
    parts = {"schemas": schemas} if schemas else {}
    case(f"framing/{name}", about, origin, config=config, files=files, records=records,
         expect=[{"value": x if isinstance(x, dict) else ok(x)} for _, _, x in rows], **parts, **more)


# Confluent: GUIDs, before the datum or in a header.
framed("confluent-guid", "version 1: a GUID before the datum", CONFLUENT, ("01" + UUID_HEX + AVRO, [], ok(JSON, GUID)), ("01" + UUID_HEX, [], fails("AVRO_TRUNCATED", path="$.id", at=17)),
       config=BY_ID, files=AVRO_FILES, schemas=[avro_schema(GUID)], missing=[GUID])
framed("confluent-guid-protobuf", "message indexes follow the GUID", CONFLUENT, ("01" + UUID_HEX + "00" + PROTO, [], ok(JSON, GUID)),
       config={"value": {"format": "protobuf", "framing": "confluent"}}, files=PROTO_FILES, schemas=[proto_schema(GUID)])
framed("confluent-header", "the GUID in a header, the last of its name; the payload is bare", CONFLUENT,
       (AVRO, [(VALUE_ID, "01" + UUID_HEX)], ok(JSON, GUID)), (AVRO, [(VALUE_ID, "000000002a"), ("x", "00"), (VALUE_ID, "01" + UUID_HEX)], ok(JSON, GUID)),
       (AVRO, [("__key_schema_id", "000000002a"), (VALUE_ID, "01" + UUID_HEX)], ok(JSON, GUID)),
       (AVRO, [(VALUE_ID, "02" + UUID_HEX)], fails("CONFLUENT_MAGIC", "framing")), (AVRO, [(VALUE_ID, "0189")], fails("FRAMING_TRUNCATED", "framing")),
       (AVRO, [("x", "00")], fails("CONFLUENT_MAGIC", "framing", at=0)), config=BY_ID, files=AVRO_FILES, schemas=[avro_schema(GUID)], missing=[GUID])
framed("confluent-header-protobuf", "message indexes stand in the header, behind the GUID", CONFLUENT,
       (PROTO, [(VALUE_ID, "01" + UUID_HEX + "00")], ok(JSON, GUID)), (PROTO, [(VALUE_ID, "01" + UUID_HEX + "0202")], fails("CONFLUENT_INDEX", "framing")),
       (PROTO, [(VALUE_ID, "01" + UUID_HEX + "8080808010")], fails("CONFLUENT_INDEX", "framing")), (PROTO, [(VALUE_ID, "01" + UUID_HEX)], fails("CONFLUENT_INDEX", "framing")),
       config={"value": {"format": "protobuf", "framing": "confluent"}}, files=PROTO_FILES, schemas=[proto_schema(GUID)])
framed("confluent-header-json", "JSON Schema with its id in a header", CONFLUENT, (text(JSON), [(VALUE_ID, "01" + UUID_HEX)], ok(JSON, GUID)),
       config={"value": {"format": "json", "framing": "confluent"}}, files={})
framed("confluent-header-bytes", "top-level bytes are bare there too", CONFLUENT, ("ff00", [(VALUE_ID, "000000002a")], ok('"/wA="', "confluent:42")),
       config=BY_ID, files={"bytes.avsc": '"bytes"\n'}, schemas=[avro_schema(name="bytes.avsc")])
framed("confluent-hostile-indexes", "a count of 2^31 and an index past the last message are errors", CONFLUENT,
       (CONFLUENT_42 + "808080801000", [], fails("CONFLUENT_INDEX", "framing")), (CONFLUENT_42 + "0202" + PROTO, [], fails("CONFLUENT_INDEX", "framing")),
       (CONFLUENT_42 + "01" + PROTO, [], fails("CONFLUENT_INDEX", "framing")), config={"value": {"format": "protobuf", "framing": "confluent"}}, files=PROTO_FILES, schemas=[proto_schema()])

# Apicurio.
APICURIO = "Apicurio Registry, wire format of its serializers"
BY_CONTENT = {"value": {"format": "avro", "framing": "apicurio"}}
framed("apicurio", "a content id of four bytes; a global one of eight where those are zero", APICURIO,
       ("0000000007" + AVRO, [], ok(JSON, "apicurio:content:7")), ("000000000000000009" + AVRO, [], ok(JSON, "apicurio:global:9")),
       ("01" + AVRO, [], fails("APICURIO_MAGIC", "framing", at=0)), ("000000", [], fails("FRAMING_TRUNCATED", "framing", at=3)), ("0000000000", [], fails("FRAMING_TRUNCATED", "framing", at=5)),
       config=BY_CONTENT, files=AVRO_FILES, schemas=[avro_schema("apicurio:content:7"), avro_schema("apicurio:global:9")], missing=["apicurio:content:7", "apicurio:global:9"])
framed("apicurio-global", "the same bytes where ids are global", APICURIO, ("0000000007" + AVRO, [], ok(JSON, "apicurio:global:7")),
       config={"value": {"format": "avro", "framing": "apicurio-global"}}, files=AVRO_FILES, schemas=[avro_schema("apicurio:global:7")])
framed("apicurio-headers", "ids of eight bytes in headers", APICURIO,
       (AVRO, [("apicurio.value.globalId", "0000000000000009")], ok(JSON, "apicurio:global:9")), (AVRO, [("apicurio.value.contentId", "0000000000000007")], ok(JSON, "apicurio:content:7")),
       (AVRO, [("apicurio.value.contentId", "07")], fails("FRAMING_TRUNCATED", "framing")),
       (text(JSON), [("apicurio.value.contentId", "0000000000000007"), ("apicurio.value.encoding", text("JSON"))], fails("FRAMING_FORMAT_MISMATCH", "framing")),
       config=BY_CONTENT, files=AVRO_FILES, schemas=[avro_schema("apicurio:content:7"), avro_schema("apicurio:global:9")])
REF = "090a07" + text("Product")
framed("apicurio-protobuf", "the message's name precedes it, or stands in a header", APICURIO,
       ("0000000007" + REF + PROTO, [], ok(JSON, "apicurio:content:7")),
       (PROTO, [("apicurio.value.contentId", "0000000000000007"), ("apicurio.protobuf.type", text("Product"))], ok(JSON, "apicurio:content:7")),
       ("0000000007" + "090a07" + text("Unknown") + PROTO, [], fails("APICURIO_REF", "framing", at=5)), ("0000000007" + "ff", [], fails("APICURIO_REF", "framing", at=5)),
       ("0000000007" + "090aff" + text("Product") + PROTO, [], fails("APICURIO_REF", "framing", at=5)), ("0000000007", [], fails("APICURIO_REF", "framing", at=5)),
       config={"value": {"format": "protobuf", "framing": "apicurio"}}, files=PROTO_FILES, schemas=[proto_schema("apicurio:content:7")])
framed("apicurio-protobuf-indexes", "`send-indexes`: Confluent's message indexes, behind the name or alone", APICURIO,
       ("0000000007" + REF + "00" + PROTO, [], ok(JSON, "apicurio:content:7")), ("0000000007" + "00" + PROTO, [], ok(JSON, "apicurio:content:7")),
       ("0000000007" + "0202" + PROTO, [], fails("APICURIO_REF", "framing", at=5)), ("0000000007" + REF, [], ok('{"id":0,"name":"","price":0}', "apicurio:content:7")),
       config={"value": {"format": "protobuf", "framing": "apicurio"}}, files=PROTO_FILES, schemas=[proto_schema("apicurio:content:7")])

# Azure.
AZURE = "Azure Schema Registry, content types of its serializers"
AZURE_ID = f"azure:{UUID_HEX}"
framed("azure", "the schema's id in the content type, or as text before the datum", AZURE,
       (AVRO, [("Content-Type", text("avro/binary+" + UUID_HEX))], ok(JSON, AZURE_ID)), ("00000000" + text(UUID_HEX) + AVRO, [], ok(JSON, AZURE_ID)),
       (AVRO, [("content-type", text("avro/binary"))], fails("FRAMING_HEADER", "framing")), (AVRO, [("content-type", text("avro/binary+x+y"))], fails("FRAMING_HEADER", "framing")),
       (AVRO, [], fails("FRAMING_HEADER", "framing", at=0)), ("00000000" + text("x" * 32), [], fails("FRAMING_HEADER", "framing", at=4)), ("0000", [], fails("FRAMING_TRUNCATED", "framing", at=2)),
       config={"value": {"format": "avro", "framing": "azure"}}, files=AVRO_FILES, schemas=[avro_schema(AZURE_ID)], missing=[AZURE_ID])

# CloudEvents.
CLOUD = "CloudEvents 1.0.2, Kafka protocol binding"
BINARY = [("ce_specversion", text("1.0")), ("ce_id", text("1")), ("ce_type", text("t")), ("ce_source", text("/s")), ("content-type", text("application/json"))]
STRUCTURED = [("content-type", text("application/cloudevents+json; charset=UTF-8"))]


def cloud(**more):
    return text(json.dumps({"specversion": "1.0", "id": "1", "type": "t", "source": "/s", **more}))


NONE = fails("CLOUDEVENT_INVALID", "framing")
framed("cloudevents", "binary mode: the value is the data; structured mode: it stands in a document, as the Python SDK sends it also without its content type", CLOUD + "; cloudevents 1.12.1 (PyPI)",
       (text(JSON), BINARY, JSON), (cloud(datacontenttype="application/json", data=json.loads(JSON)), STRUCTURED, JSON), (cloud(data="text"), STRUCTURED, '"text"'),
       (cloud(data_base64=b64(JSON.encode())), STRUCTURED, JSON), (cloud(datacontenttype="text/plain", data="[1]"), STRUCTURED, "[1]"),
       (cloud(), STRUCTURED, NONE), (cloud(data=1, data_base64=""), STRUCTURED, NONE), (cloud(data_base64="*"), STRUCTURED, NONE), (text('{"data":1}'), STRUCTURED, NONE), ("ff", STRUCTURED, NONE),
       (cloud(datacontenttype="application/json", data=json.loads(JSON)), [("content-type", text("application/json"))], JSON),
       (text(JSON), [], fails("FRAMING_HEADER", "framing")), (text("[]"), [("content-type", text("application/cloudevents-batch+json"))], fails("FRAMING_HEADER", "framing")),
       config={"value": {"format": "json", "framing": "cloudevents"}}, files={})
framed("cloudevents-avro", "data of any format", CLOUD, (AVRO, BINARY, JSON), (cloud(datacontenttype="application/avro", data_base64=b64(AVRO)), STRUCTURED, JSON),
       config=avro(framing="cloudevents"), files=AVRO_FILES)
framed("cloudevents-null", "data of null are a value; what has no data is no event that can be read", CLOUD + "; JSON format 1.0.2, 3.1.1", (cloud(data=None), STRUCTURED, "null"),
       (cloud(datacontenttype="application/json", data=None), STRUCTURED, "null"), (cloud(data=None, data_base64=b64(JSON.encode())), STRUCTURED, JSON),
       config={"value": {"format": "json", "framing": "cloudevents"}}, files={})
framed("cloudevents-json-data", "data in JSON are no bytes", CLOUD + "; JSON format 1.0.2, 3.1.2",
       (cloud(datacontenttype="application/json", data=12), STRUCTURED, fails("FRAMING_FORMAT_MISMATCH", "framing")), (cloud(data="text"), STRUCTURED, fails("FRAMING_FORMAT_MISMATCH", "framing")),
       (cloud(data_base64=b64(AVRO)), STRUCTURED, JSON), config=avro(framing="cloudevents"), files=AVRO_FILES)

# Several, in order.
MIGRATION = "AWS Glue Schema Registry, secondary deserializers; kafkalens: framings in order"
framed("several", "a topic in migration: each record by the first framing that it begins with", MIGRATION,
       (GLUE + AVRO, [], ok(JSON, f"glue:{UUID}")), (CONFLUENT_42 + AVRO, [], ok(JSON, "confluent:42")), ("01" + UUID_HEX + AVRO, [], ok(JSON, GUID)),
       (AVRO, [(VALUE_ID, "000000002a")], ok(JSON, "confluent:42")), (AVRO, [], fails("FRAMING_UNKNOWN", "framing", at=0)), ("0305" + UUID_HEX + "00", [], fails("GLUE_BAD_ZLIB", "framing", at=18)),
       ("", [], fails("FRAMING_TRUNCATED", "framing")), ("0000", [], fails("FRAMING_UNKNOWN", "framing", at=0)), config=avro(framing=["glue", "confluent"], anyId=True), files=AVRO_FILES)
framed("several-none", "`none` at the end takes what no other does", MIGRATION, (GLUE + AVRO, [], ok(JSON, f"glue:{UUID}")), (CONFLUENT_42 + AVRO, [], ok(JSON, "confluent:42")), (AVRO, [], ok(JSON)),
       config=avro(framing=["glue", "confluent", "none"], anyId=True), files=AVRO_FILES)
framed("several-missing", "the schemas of all framings are asked for", MIGRATION, (GLUE + AVRO, [], ok(JSON, f"glue:{UUID}")), (CONFLUENT_42 + AVRO, [], fails("SCHEMA_MISSING", "schema")),
       config={"value": {"format": "avro", "framing": ["glue", "confluent"]}}, files=AVRO_FILES, schemas=[avro_schema(f"glue:{UUID}")], missing=[f"glue:{UUID}", "confluent:42"])
for name, framings in (("none-first", ["none", "glue"]), ("empty", []), ("twice", ["glue", "glue"]), ("unknown", ["glue", "x"])):
    case(f"contracts/config-framings-{name}", "a list of framings that could not be meant", "kafkalens: configuration", config={"value": {"format": "json", "framing": framings}},
         records=[], expectError={"code": "CONFIG_INVALID"})

# Kafka Connect's JSON envelope.
CONNECT = "Apache Kafka Connect, JsonConverter with schemas"
ORIGIN = "org.apache.kafka.connect.data."


def connect_text(schema, payload):
    return '{"schema": ' + json.dumps(schema) + ', "payload": ' + payload + "}"


def connect(schema, payload):
    return text(connect_text(schema, json.dumps(payload)))


def typed(kind, name=None, **more):
    return {"type": kind, "optional": True, **({"name": name, "version": 1} if name else {}), **more}


def struct(**fields):
    return {"type": "struct", "optional": False, "fields": [{**schema, "field": name} for name, schema in fields.items()]}


DECIMAL = typed("bytes", ORIGIN + "Decimal", parameters={"scale": "2"})
ALL = struct(id=typed("int64"), price=DECIMAL, day=typed("int32", ORIGIN + "Date"), clock=typed("int32", ORIGIN + "Time"), at=typed("int64", ORIGIN + "Timestamp"), raw=typed("bytes"))
ROW = {"id": 9007199254740993, "price": "MDk=", "day": 19782, "clock": 49530123, "at": 1680631941751, "raw": "/wA="}
AS_JSON = {"value": {"format": "connect"}}
framed("connect", "logical types in the payload, by their schema; other values digit by digit", CONNECT,
       (connect(ALL, ROW), [], '{"id":9007199254740993,"price":"123.45","day":"2024-02-29","clock":"13:45:30.123","at":"2023-04-04T18:12:21.751Z","raw":"/wA="}'),
       (connect(ALL, dict.fromkeys(ROW)), [], '{"id":null,"price":null,"day":null,"clock":null,"at":null,"raw":null}'), (connect(None, ROW), [], json.dumps(ROW, separators=(",", ":"))),
       (connect(ALL, None), [], "null"), (connect(DECIMAL, "nA=="), [], '"-1.00"'), (connect(DECIMAL, 123.45), [], '"123.45"'), config=AS_JSON, files={})


def number(digits, scale):
    """A decimal as `decimal.format=NUMERIC` writes it."""
    schema = typed("bytes", ORIGIN + "Decimal", parameters={"scale": str(scale)})
    return text(connect_text(schema, digits))


framed("connect-numbers", "decimals as numbers: all digits, at least as many behind the point as the scale says", CONNECT,
       *((number(digits, scale), [], json.dumps(shown)) for digits, scale, shown in (
           ("0.12345678901234567890", 20, "0.12345678901234567890"), ("-0.1", 20, "-0.10000000000000000000"), ("9007199254740993", 0, "9007199254740993"),
           ("1E+2", 2, "100.00"), ("1.5e-3", 2, "0.0015"), ("12300", -2, "12300"), ("-0", 1, "0.0"))),
       (number("true", 2), [], fails("CONNECT_SHAPE", path="$")), (number("1e9999", 2), [], fails("CONNECT_SHAPE", path="$")), config=AS_JSON, files={})
framed("connect-nested", "in arrays and in maps of either form", CONNECT,
       (connect({"type": "array", "items": DECIMAL}, ["MDk=", None]), [], '["123.45",null]'),
       (connect({"type": "map", "keys": typed("string"), "values": DECIMAL}, {"a": "MDk="}), [], '{"a":"123.45"}'),
       (connect({"type": "map", "keys": typed("int32", ORIGIN + "Date"), "values": DECIMAL}, [[19782, "MDk="]]), [], '[["2024-02-29","123.45"]]'), config=AS_JSON, files={})
framed("connect-options", "logical types as the options ask", CONNECT, (connect(ALL, ROW), [], json.dumps(ROW, separators=(",", ":"))),
       config={**AS_JSON, "timestamps": "epoch", "decimals": "raw"}, files={})
framed("connect-errors", "what is no envelope, or not as its schema says", CONNECT,
       (text("{}"), [], fails("CONNECT_SHAPE", path="$")), (text("[]"), [], fails("CONNECT_SHAPE", path="$")), (text('{"schema":{}'), [], fails("JSON_TRUNCATED")),
       (connect(7, ROW), [], fails("CONNECT_SHAPE", path="$")), (connect(ALL, {"price": "*"}), [], fails("CONNECT_SHAPE", path="$.price")), (connect(ALL, {"day": "x"}), [], fails("CONNECT_SHAPE", path="$.day")),
       (connect(ALL, [1]), [], fails("CONNECT_SHAPE", path="$")), ("ff", [], fails("JSON_SYNTAX")), config=AS_JSON, files={})
LINES = struct(items={"type": "array", "items": struct(**{"price": DECIMAL, "a.b": DECIMAL})}, attrs={"type": "map", "keys": typed("string"), "values": DECIMAL},
               days={"type": "map", "keys": typed("int32", ORIGIN + "Date"), "values": DECIMAL})


def misfit(path, payload, expected="a value as its schema says"):
    """A payload whose misfit is its `"*"`."""
    whole = connect_text(LINES, json.dumps(payload))
    return text(whole), [], {"error": {"code": "CONNECT_SHAPE", "path": path, "byteOffset": whole.index('"*"'), "message": f"expected {expected} at {path}, found another"}}


framed("connect-paths", "where in the payload a value is not as its schema says", CONNECT,
       misfit("$.items[2].price", {"items": [{}, None, {"price": "*"}]}), misfit('$.items[0]["a.b"]', {"items": [{"a.b": "*"}]}), misfit("$.items", {"items": "*"}),
       misfit("$.attrs{1}", {"attrs": {"a": "MDk=", "b": "*"}}), misfit("$.days{0}", {"days": [["*", "MDk="]]}), misfit("$.days{1}", {"days": [[1, "MDk="], "*"]}),
       (text('{"schema": 7, "payload": 1}'), [], {"error": {"code": "CONNECT_SHAPE", "path": "$", "byteOffset": 11, "message": "expected a Connect schema of at most 100 levels at $, found another"}}),
       (text(" {}"), [], {"error": {"code": "CONNECT_SHAPE", "path": "$", "byteOffset": 1, "message": "expected an object with `schema` and `payload` at $, found another",
                                    "hint": "with `schemas.enable=false` the value is plain JSON: use the format `json`"}}), config=AS_JSON, files={})
NUMBERS = struct(price=DECIMAL, n=typed("int64"), list={"type": "array", "items": DECIMAL})


def numbers(n, price='"MDk="'):
    """The payload as text, where a number stands that Python would not write."""
    return text('{"schema":' + json.dumps(NUMBERS) + ',"payload":{"price":' + price + ',"n":' + n + ',"list":["MDk=",' + n + "]}}")


def place(n, which=0):
    """Where the number stands in the payload."""
    return [i for i in range(2000) if bytes.fromhex(numbers(n))[i:].startswith(n.encode() + (b",", b"]")[which][:1])][0]


framed("connect-offsets", "an error behind values that are written anew: its offset counts in the payload", CONNECT,
       (numbers("1e999"), [], fails("JSON_NUMBER_RANGE", path="${1}", at=place("1e999"))), (numbers("9007199254740993"), [], fails("OUTPUT_INT64_UNSAFE", "output", path="${1}", at=place("9007199254740993"))),
       config={**AS_JSON, "int64": "number"}, files={})
DEEP = typed("int32")
for _ in range(110):
    DEEP = {"type": "array", "items": DEEP}
framed("connect-hostile-depth", "a schema nested beyond the limit", CONNECT, (connect(DEEP, []), [], fails("CONNECT_SHAPE")), config=AS_JSON, files={})
TIME = "io.debezium.time."
CHANGE = struct(after=struct(d=typed("int32", TIME + "Date"), t=typed("int64", TIME + "MicroTime"), a=typed("int64", TIME + "Timestamp"), b=typed("int64", TIME + "MicroTimestamp"),
                             c=typed("int64", TIME + "NanoTimestamp"), z=typed("string", TIME + "ZonedTimestamp"), n=typed("struct", "io.debezium.data.VariableScaleDecimal"), j=typed("string", "io.debezium.data.Json")),
                op=typed("string"), ts_ms=typed("int64"))
AFTER = {"d": 19782, "t": 49530123456, "a": 1680631941751, "b": 1680631941751123, "c": 1680631941751123456, "z": "2023-04-04T18:12:21Z", "n": {"scale": 2, "value": "MDk="}, "j": '{"a":1}'}
framed("connect-debezium", "a change event of Debezium, its own logical types", "Debezium, change events of its connectors",
       (connect(CHANGE, {"after": AFTER, "op": "c", "ts_ms": 1}), [],
        '{"after":{"d":"2024-02-29","t":"13:45:30.123456","a":"2023-04-04T18:12:21.751","b":"2023-04-04T18:12:21.751123","c":"2023-04-04T18:12:21.751123456",'
        '"z":"2023-04-04T18:12:21Z","n":"123.45","j":"{\\"a\\":1}"},"op":"c","ts_ms":1}'), config=AS_JSON, files={})

# Encrypted data, and what a registry says of a schema.
CSFLE = "Confluent data contracts, client-side field level encryption"


def rule(kind, **more):
    return {"name": "r", "kind": "TRANSFORM", "mode": "WRITEREAD", "type": kind, **more}


framed("encrypted-payload", "a payload that a rule encrypts is told as such, not decoded to garbage", CSFLE, (CONFLUENT_42 + "00" * 40, [], fails("PAYLOAD_ENCRYPTED", "framing")),
       config=BY_ID, files=AVRO_FILES, schemas=[{**avro_schema(), "ruleSet": {"encodingRules": [rule("ENCRYPT_PAYLOAD")]}}], calls=[call("schemas", [{"reference": "confluent:42", "encrypted": "payload"}])])
framed("encrypted-fields", "fields that a rule encrypts decode to what stands in them; the schema is named", CSFLE, (CONFLUENT_42 + AVRO, [], ok(JSON, "confluent:42")),
       config=BY_ID, files=AVRO_FILES, schemas=[{**avro_schema(), "ruleSet": {"domainRules": [rule("ENCRYPT")], "encodingRules": [rule("ENCRYPT_PAYLOAD", disabled=True)]}}],
       calls=[call("schemas", [{"reference": "confluent:42", "type": "AVRO", "encrypted": "fields"}])])
framed("schema-status", "a status that no data should name is told, and stands in the errors of its records", "AWS Glue Schema Registry, status of schema versions",
       (GLUE + AVRO, [], ok(JSON, f"glue:{UUID}")), (GLUE, [], {"error": {"code": "AVRO_TRUNCATED", "hint": f"the registry's status of glue:{UUID} is `FAILURE`"}}),
       config={"value": {"format": "avro", "framing": "glue"}}, files=AVRO_FILES, schemas=[{**avro_schema(f"glue:{UUID}"), "status": "FAILURE"}],
       calls=[call("schemas", [{"reference": f"glue:{UUID}", "type": "AVRO", "status": "FAILURE"}])])
