"""Diagnosis: likely readings of a payload, and filter criteria."""

import json

from cases import b64, call, case, ok
from specified.common import AVRO, AVSC, CONFLUENT_42, FDS, GLUE, JSON, PROTO, UUID, UUID_HEX, avro, avro_schema, lambda_event, proto_schema, protobuf, record

AVRO_FILES = {"product.avsc": AVSC}
WIRE = "wire formats; kafkalens: confidences of its own"


def detect(name, about, payload, first, count=None, headers=(), config=None, **more):
    """The first reading, and how many there are."""
    held = {"value": payload, "headers": [list(h) for h in headers]}
    case(f"detect/{name}", about, WIRE, config=config or {}, records=[held], expect=[{}],
         calls=[call("detect", {"readings": [first] + [{}] * (count - 1)}, "value")], **more)


def reading(framing, format=None, schema=None, confidence=None, decodes=None):
    told = {"framing": framing, "format": format, "schema": schema, "confidence": confidence, "decodes": decodes}
    return {k: v for k, v in told.items() if v is not None}


detect("json", "a JSON document", JSON.encode().hex(), reading("none", "json", confidence=0.985, decodes=True), 2)
detect("connect", "Connect's envelope", '{"schema":{"type":"int32"},"payload":1}'.encode().hex(), reading("none", "connect", confidence=0.991, decodes=True), 2)
detect("glue", "Glue's header, the schema not at hand", GLUE + AVRO, reading("glue", schema=f"glue:{UUID}", confidence=0.9), 1)
detect("confluent", "Confluent's prefix, which Apicurio's looks like: the schema at hand decides", CONFLUENT_42 + AVRO,
       reading("confluent", "avro", "confluent:42", 0.91, True), 3, files=AVRO_FILES, schemas=[avro_schema()])
detect("confluent-json", "JSON Schema behind Confluent's prefix", CONFLUENT_42 + JSON.encode().hex(), reading("confluent", "json", "confluent:42", 0.91, True), 3)
detect("bare-avro", "bare Avro that begins as a prefix would: the configured schema reads the whole", "000000" + "00" * 9 + "02" + "00" * 3,
       reading("none", "avro", confidence=0.8, decodes=True), 3, files={"product.avsc": json.dumps({"type": "record", "name": "R", "fields": [{"name": f"f{i}", "type": "int"} for i in range(16)]})}, config=avro(framing="none"))
detect("by-schema", "a payload that names no schema, read whole with one at hand", AVRO, reading("none", "avro", "confluent:42", 0.5, True), 1, files=AVRO_FILES, schemas=[avro_schema()])
detect("header", "an id in a header", AVRO, reading("confluent", "avro", f"guid:{UUID}", 0.985, True), 2,
       headers=[("__value_schema_id", "01" + UUID_HEX)], files=AVRO_FILES, schemas=[avro_schema(f"guid:{UUID}")])
detect("gzip", "a payload that the producer has compressed", "1f8b0800000000000003", reading("none", "bytes", confidence=0.9), 1)
detect("text", "printable text", b"hello".hex(), reading("none", "text", confidence=0.88, decodes=True), 1)
case("detect/metadata", "the record's schema metadata", WIRE, config={}, event=lambda_event({"t-0": [record(value=b64(AVRO), valueSchemaMetadata={"schemaId": "42", "dataFormat": "AVRO"})]}),
     files=AVRO_FILES, schemas=[avro_schema()], expect=[{}],
     calls=[call("detect", {"readings": [reading("esm", "avro", "confluent:42", 0.985, True), {}]}, "value"), call("detect", {"readings": []}, "key")])
detect("protobuf-bare", "Protobuf without framing and without schema: the wire format tells", PROTO, reading("none", "protobuf", confidence=0.6), 1)
detect("protobuf-configured", "the configured schema reads the whole: the wire format says nothing more", PROTO, reading("none", "protobuf", confidence=0.8, decodes=True), 1,
       files={"product.fds": FDS}, config=protobuf(framing="none"))
detect("protobuf-confluent", "Protobuf behind Confluent's prefix and message indexes, the schema not at hand", CONFLUENT_42 + "040200" + PROTO, reading("confluent", "protobuf", "confluent:42", 0.7), 3)
detect("protobuf-glue", "Protobuf behind Glue's header and its index, the schema at hand", GLUE + "00" + PROTO, reading("glue", "protobuf", f"glue:{UUID}", 0.97, True), 1,
       files={"product.fds": FDS}, schemas=[proto_schema(f"glue:{UUID}")])
detect("guid", "Confluent's prefix of a GUID", "01" + UUID_HEX + AVRO, reading("confluent", schema=f"guid:{UUID}", confidence=0.4), 1)
detect("single-object", "Avro's single-object marker", "c301ade5bf6895133807" + AVRO, reading("single-object", "avro", "rabin:0738139568bfe5ad", 0.9), 1)
detect("cloudevents", "the headers of a CloudEvent", JSON.encode().hex(), reading("cloudevents", "json", confidence=0.985, decodes=True), 3, headers=[("ce_specversion", b"1.0".hex()), ("ce_id", b"1".hex())])
detect("azure", "Azure's content type names the schema", AVRO, reading("azure", "avro", "azure:" + "ab" * 16, 0.95), 1, headers=[("content-type", ("avro/binary+" + "ab" * 16).encode().hex())])
detect("apicurio-long", "a zero byte and eight of an id", "00000000000000002a" + AVRO, reading("apicurio", schema="apicurio:global:42", confidence=0.6), 2)
detect("primitive", "four bytes: Kafka's own serializers write as many", "7fffffff", reading("none", "primitive", confidence=0.15), 1)
case("detect/by-place", "the record at a place, else the first that has a payload", WIRE, config={}, records=[{"value": None}, {"value": JSON.encode().hex()}, {"value": GLUE + AVRO}], expect=[{}] * 3,
     calls=[call("detect", {"readings": []}, "value", "0"), call("detect", {"readings": [reading("none", "json"), {}]}, "value"), call("detect", {"readings": [reading("glue", schema=f"glue:{UUID}")]}, "value", "2"),
            call("detect", {"readings": []}, "value", "3")])

# Filter criteria.
FILTERS = "AWS Lambda, event filtering; event-ruler"
ORDER = '{"zip":"5310","price":9,"tags":["a","b"],"items":[{"id":1,"ok":true}],"none":null}'


def document(value=ORDER, **more):
    return json.dumps({"topic": "t", "partition": 0, "offset": 0, "timestamp": None, "timestampType": None, "headers": [], "key": {"tombstone": "absent"},
                       "value": {"value": json.loads(value)}, **more}, separators=(",", ":"))


def filters(name, about, *rows, record=None):
    """Patterns of the value, each with whether it keeps the record or with the clauses that fail."""
    calls = []
    for pattern, expected in rows:
        text = pattern if isinstance(pattern, str) else json.dumps(pattern)
        if isinstance(expected, str):
            calls.append({"verb": "matchesFilter", "args": [text, record or document()], "expectError": {"code": expected}})
        else:
            told = {"matches": expected is True, "failed": [] if expected is True else [dict(zip(("filter", "path", "found"), row)) for row in expected]}
            calls.append(call("matchesFilter", told, text, record or document()))
    case(f"filter/{name}", about, FILTERS, config={"value": {"format": "json"}}, records=[{"value": ORDER.encode().hex()}], expect=[{"value": ok(ORDER)}], calls=calls)


def value(**fields):
    return {"value": fields}


filters("operators", "the documented operators",
        (value(zip=["5310"]), True), (value(zip=[{"prefix": "53"}]), True), (value(zip=[{"suffix": "10"}]), True), (value(zip=[{"equals-ignore-case": "5310"}]), True),
        (value(zip=[{"anything-but": ["1", "2"]}]), True), (value(price=[{"numeric": [">", 5, "<=", 9]}]), True), (value(price=[9.0]), True), (value(none=[None]), True),
        (value(zip=[{"exists": True}]), True), (value(other=[{"exists": False}]), True), (value(tags=["b"]), True), (value(items={"id": [1], "ok": [True]}), True),
        (value(zip=[{"wildcard": "5*0"}]), True), ({"value": {"$or": [{"zip": ["x"]}, {"price": [9]}]}}, True))
filters("failures", "which clause fails, and the type of what was found",
        (value(zip=["x"], price=[9]), [(0, "$.value.zip", "a string")]), (value(zip=[5310]), [(0, "$.value.zip", "a string")]), (value(price=["9"]), [(0, "$.value.price", "a number")]),
        (value(other=["x"]), [(0, "$.value.other", "nothing")]), (value(zip=[{"exists": False}]), [(0, "$.value.zip", "a string")]), (value(items=["x"]), [(0, "$.value.items", "an array")]),
        (value(other=[{"anything-but": "x"}]), [(0, "$.value.other", "nothing")]), (value(items={"id": [2]}), [(0, "$.value.items.id", "a number")]),
        (value(**{"a.b": ["x"]}), [(0, '$.value["a.b"]', "nothing")]))
filters("criteria", "one of several filters is enough", ({"Filters": [{"Pattern": json.dumps(value(zip=["x"]))}, {"Pattern": json.dumps(value(price=[9]))}]}, True),
        ({"Filters": [{"Pattern": json.dumps(value(zip=["x"]))}, {"Pattern": json.dumps(value(price=[8]))}]}, [(0, "$.value.zip", "a string"), (1, "$.value.price", "a number")]), ({"Filters": []}, [] and True or True))
filters("text", "a value that is text", ({"value": ["hello"]}, True), ({"value": [{"anything-but": ["error"]}]}, True), (value(a=["x"]), [(0, "$.value.a", "nothing")]), record=document('"hello"'))
filters("depth", "a value of 200 levels", (value(b=["x"]), True), record=document('{"a":' + "[" * 200 + "]" * 200 + ',"b":"x"}'))
filters("undecoded", "a record whose value does not decode is dropped", (value(a=["x"]), [(0, "$.value.a", "nothing")]),
        record=json.dumps({"topic": "t", "value": {"error": {"code": "JSON_SYNTAX", "category": "decode", "message": "m", "retryable": False}}}))
filters("invalid", "what a mapping would refuse", ("x", "FILTER_INVALID"), ({}, "FILTER_INVALID"), (value(zip="x"), "FILTER_INVALID"), (value(zip=[]), "FILTER_INVALID"), (value(zip=[{"nope": 1}]), "FILTER_INVALID"),
        (value(price=[{"numeric": ["~", 1]}]), "FILTER_INVALID"), (value(zip=["x" * 4096]), "FILTER_INVALID"), (value(zip=[{"wildcard": "a**b"}]), "FILTER_INVALID"))
