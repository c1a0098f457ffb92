"""Bad input among good neighbours; events that are refused as a whole."""

from cases import case, fails, file, ok, schema_text
from specified.common import AVRO, AVSC, CONFLUENT_42, FDS, JSON, PROTO, avro, avro_schema, lambda_event, proto_schema, record
from specified.event import HI, SAMPLE_EVENT, TEXT

ISOLATION = "contracts of kafkalens: one record's error never touches another"
GOOD = {"value": ok('"hi"')}
BROKEN_RECORD = fails("EVENT_RECORD_SHAPE", "event", side=None)



# Events that are refused.
def refused(name, about, code, text, category="event", config=None, at=None, path=None, hint=None, origin="AWS Lambda, event of Amazon MSK; RFC 8259"):
    where = {"path": path, "byteOffset": at, "space": "event" if at is not None else None, "hint": hint}
    case(f"errors/event-{name}", about, origin, config=config or TEXT, event="event.json", files={"event.json": text},
         expectError={"code": code, "category": category, **{k: v for k, v in where.items() if v is not None}})


refused("not-json", "an event that is no JSON", "EVENT_NOT_JSON", "eventSource: aws:kafka\n", at=0)
refused("empty", "an empty event", "EVENT_NOT_JSON", "", at=0)
refused("truncated", "an event that is cut", "EVENT_NOT_JSON", SAMPLE_EVENT[:120], at=120)
refused("trailing-comma", "a trailing comma, as documentation has it", "EVENT_NOT_JSON", SAMPLE_EVENT.replace('"headers": []', '"headers": [],'), at=SAMPLE_EVENT.index("[]") + 3)
refused("comment", "a comment, as documentation has it", "EVENT_NOT_JSON", SAMPLE_EVENT.replace('"records"', '// records\n  "records"'), at=SAMPLE_EVENT.index('"records"'))
refused("trailing", "something after the event", "EVENT_NOT_JSON", SAMPLE_EVENT + "]", at=len(SAMPLE_EVENT))
refused("no-records", "an object without records", "EVENT_SHAPE", '{"eventSource":"aws:kafka"}', path="$")
refused("records-array", "records in a list", "EVENT_SHAPE", '{"records":[{"topic":"t","partition":0,"offset":0,"value":"aGk="}]}', path="$.records")
refused("records-text", "records as a text", "EVENT_SHAPE", '{"records":"none"}', path="$.records")
for source, text in {
    "s3": '{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"k","size":3}}}]}',
    "kinesis": '{"Records":[{"eventSource":"aws:kinesis","kinesis":{"partitionKey":"p","sequenceNumber":"1","data":"aGk="}}]}',
    "dynamodb": '{"Records":[{"eventSource":"aws:dynamodb","eventName":"INSERT","dynamodb":{"Keys":{"id":{"N":"1"}}}}]}',
}.items():
    refused(f"of-{source}", f"an event of {source}, which holds no Kafka event", "EVENT_SHAPE", text, path="$", origin="AWS Lambda, events of other sources",
            hint="`Records` with a capital is an event of another source (SQS, SNS, S3, Kinesis, DynamoDB): pass the Kafka event inside it, or that object's text")
for source, text in {
    "api-gateway": '{"version":"2.0","routeKey":"POST /","rawPath":"/","headers":{},"requestContext":{"http":{"method":"POST"}},"body":"hi","isBase64Encoded":false}',
    "eventbridge": '{"version":"0","id":"1","detail-type":"Scheduled Event","source":"aws.events","time":"2019-11-14T00:38:06Z","resources":[],"detail":{}}',
}.items():
    refused(f"of-{source}", f"an event of {source}", "EVENT_SHAPE", text, path="$", origin="AWS Lambda, events of other sources",
            hint="this seems to be an event of another source, such as API Gateway or EventBridge: pass the one that a Kafka mapping delivers")
refused("number", "an event that is a number", "EVENT_SHAPE", "5", path="$")
refused("null", "an event that is null", "EVENT_SHAPE", "null", path="$")
refused("limit-records", "more records than the limit", "EVENT_LIMIT", '{"records":{"t-0":[' + ",".join('{"topic":"t","partition":0,"offset":0}' for _ in range(4)) + "]}}", "limit",
        {"limits": {"records": 3}})
refused("limit-bytes", "more bytes than the limit", "EVENT_LIMIT", SAMPLE_EVENT, "limit", {"limits": {"eventBytes": 100}})


# Records that are broken.
def shape(name, about, broken, metadata=None, both=None):
    error = fails("EVENT_RECORD_SHAPE", "event", side=None)
    where = {"record": metadata} if metadata else {}
    case(f"errors/record-{name}", about, ISOLATION, config=TEXT, event=lambda_event({"my-topic-3": [record("my-topic", 3, 1, value=HI), broken, record("my-topic", 3, 3, value=HI)]}),
         expect=[GOOD, {**(both or {"key": error, "value": error}), **where}, GOOD])


UNKNOWN = {"topic": "my-topic", "partition": 3, "offset": None, "timestamp": None}
shape("text", "a record that is a text: its topic and partition come from the map", "record", UNKNOWN)
shape("number", "a record that is a number", 5, UNKNOWN)
shape("null", "a record that is null", None, UNKNOWN)
shape("array", "a record that is a list", [], UNKNOWN)
VALUE = {"key": ok('"hi"'), "value": fails("EVENT_RECORD_SHAPE", "event")}
shape("value-number", "a value that is a number: the key is decoded", record("my-topic", 3, 2, key=HI, value=5), both=VALUE)
shape("value-object", "a value that is an object: the key is decoded", record("my-topic", 3, 2, key=HI, value={"a": 1}), both=VALUE)
shape("offset-text", "an offset that is no number", record("my-topic", 3, 2, value=HI) | {"offset": "x"})
shape("topic-number", "a topic that is a number", record("my-topic", 3, 2, value=HI) | {"topic": 5})
shape("partition-object", "a partition that is an object", record("my-topic", 3, 2, value=HI) | {"partition": {}})
case("errors/partition-text", "a partition's list that is a text: one broken record in its place", ISOLATION, config=TEXT, event=lambda_event({"t-0": [record(value=HI)], "t-1": "none", "t-2": [record(partition=2, value=HI)]}),
     expect=[GOOD, {"key": BROKEN_RECORD, "value": BROKEN_RECORD, "record": {"topic": "t", "partition": 1, "offset": None}}, GOOD])


# Payloads that are broken, each between two good ones.
def between(name, about, config, good, bad, expected, error, side="value", **more):
    case(f"errors/{name}", about, ISOLATION, config=config, records=[{side: good}, {side: bad}, {side: good}], expect=[{side: expected}, {side: error}, {side: expected}], **more)


FILES = {"product.avsc": AVSC}
CONFLUENT = {"value": {"format": "avro", "framing": "confluent"}}
FOUND = ok(JSON, "confluent:42")
between("bad-base64", "a value that is not base64", {"value": {"format": "text"}}, "6869", {"base64": "aG*="}, ok('"hi"'), fails("BASE64_INVALID", "base64", at=2, space="base64"))
between("truncated-avro", "Avro that is cut", CONFLUENT, CONFLUENT_42 + AVRO, CONFLUENT_42 + AVRO[:-4], FOUND, fails("AVRO_TRUNCATED", path="$.price", at=14), files=FILES, schemas=[avro_schema()])
between("truncated-key", "a key that is cut", {"key": {"format": "avro", "writer": file("product.avsc")}}, AVRO, AVRO[:4], ok(JSON), fails("AVRO_TRUNCATED", side="key", path="$.name", at=2), "key", files=FILES)
between("wrong-index", "an index that names no message", {"value": {"format": "protobuf", "framing": "confluent"}}, CONFLUENT_42 + "00" + PROTO, CONFLUENT_42 + "0206" + PROTO, FOUND,
        fails("CONFLUENT_INDEX", "framing", at=5), files={"product.fds": FDS}, schemas=[proto_schema()])
between("unknown-id", "an id whose schema is not there", CONFLUENT, CONFLUENT_42 + AVRO, "000000002b" + AVRO, FOUND, fails("SCHEMA_MISSING", "schema"), files=FILES, schemas=[avro_schema()])
between("unexpected-id", "an id that the local writer does not stand for", avro(framing="confluent", ids=[42]), CONFLUENT_42 + AVRO, "000000002b" + AVRO, FOUND, fails("SCHEMA_ID_UNEXPECTED", "schema"), files=FILES)
between("no-framing", "a payload without its framing", CONFLUENT, CONFLUENT_42 + AVRO, AVRO, FOUND, fails("CONFLUENT_MAGIC", "framing", at=0), files=FILES, schemas=[avro_schema()])
LIST = schema_text({"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]})
between("hostile-avro", "a recursive datum 100,000 deep", {"value": {"format": "avro", "writer": file("node.avsc")}}, "0200", {"repeat": [["02", 100000], ["00", 1]]}, ok('{"next":{"next":null}}'),
        fails("AVRO_DEPTH", "limit", path="$" + ".next" * 100, at=100), files={"node.avsc": LIST})
between("hostile-json", "a document 100,000 deep", {"value": {"format": "json"}}, "5b5d", {"repeat": [["5b", 100000]]}, ok("[]"), fails("JSON_DEPTH", "limit", path="$" + "[0]" * 100, at=100))
between("hostile-items", "a count of 2^62 items that take no bytes", {"value": {"format": "avro", "writer": '{"type":"array","items":"null"}'}}, "0200", "80808080808080808001" + "00", ok("[null]"),
        fails("AVRO_ITEMS", "limit", at=0))
case("errors/both-sides", "key and value fail, each with its own error", ISOLATION, config={"key": {"format": "json"}, **avro()}, files=FILES,
     records=[{"key": "7b7d", "value": AVRO}, {"key": "7b", "value": "d2"}, {"key": "7b", "value": AVRO}, {"key": "7b7d", "value": "d2"}],
     expect=[{"key": ok("{}"), "value": ok(JSON)}, {"key": fails("JSON_TRUNCATED", side="key", at=1), "value": fails("AVRO_TRUNCATED", path="$.id", at=0)},
             {"key": fails("JSON_TRUNCATED", side="key", at=1), "value": ok(JSON)}, {"key": ok("{}"), "value": fails("AVRO_TRUNCATED", path="$.id", at=0)}])
case("errors/place", "an error says which record", ISOLATION, config={"value": {"format": "json"}}, records=[{"topic": "a-b", "partition": 7, "value": "5b"}, {"topic": "a-b", "partition": 7, "value": "5b5d"}],
     expect=[{"value": {"error": {"code": "JSON_TRUNCATED", "topic": "a-b", "partition": 7, "offset": 0, "retryable": False}}}, {"value": ok("[]")}])

# Schemas that do not parse, each by its own id, a good one among them.
BROKEN = {
    "not-json": '{"type": "record",', "unknown-type": '{"type":"recrod","name":"R","fields":[]}', "unknown-name": '{"type":"record","name":"R","fields":[{"name":"x","type":"Missing"}]}',
    "no-fields": '{"type":"record","name":"R"}', "no-name": '{"type":"record","fields":[]}', "field-without-type": '{"type":"record","name":"R","fields":[{"name":"x"}]}',
    "twice-field": '{"type":"record","name":"R","fields":[{"name":"x","type":"int"},{"name":"x","type":"int"}]}', "no-symbols": '{"type":"enum","name":"E"}', "no-size": '{"type":"fixed","name":"F"}',
    "negative-size": '{"type":"fixed","name":"F","size":-1}', "no-items": '{"type":"array"}', "no-values": '{"type":"map"}', "union-in-union": '["null",["int"]]', "number": "5", "empty": "",
    "twice-name": '["null",{"type":"fixed","name":"F","size":1},{"type":"record","name":"F","fields":[]}]',
}
case("errors/schema-invalid", "schemas that do not parse: an error for each record that names one", "Avro specification 1.12, Schema Declaration", config=CONFLUENT,
     files={**FILES, **{f"{name}.avsc": text for name, text in BROKEN.items()}},
     schemas=[avro_schema()] + [avro_schema(f"confluent:{i}", f"{name}.avsc") for i, name in enumerate(BROKEN, 100)],
     records=[{"value": CONFLUENT_42 + AVRO}] + [{"value": "00" + i.to_bytes(4, "big").hex() + "00"} for i in range(100, 100 + len(BROKEN))] + [{"value": CONFLUENT_42 + AVRO}],
     expect=[{"value": FOUND}] + [{"value": fails("SCHEMA_INVALID", "schema")} for _ in BROKEN] + [{"value": FOUND}])
case("errors/schema-invalid-local", "a local schema that does not parse", "Avro specification 1.12, Schema Declaration", config={"value": {"format": "avro", "writer": '{"type":"recrod"}'}},
     event={"records": {}}, expectError={"code": "SCHEMA_INVALID", "category": "schema"})
case("errors/schema-invalid-place", "which of several schemas of a configuration is meant", "kafkalens: configuration",
     config={"value": {"format": "avro", "writer": "int"}, "topics": {"a": {"key": {"format": "avro", "writer": "int", "reader": {"type": "array", "items": "integer"}}}}},
     event={"records": {}}, expectError={"code": "SCHEMA_INVALID", "message": "expected every name to be defined at $ of the schema, found `integer`, which is not ($.topics[\"a\"].key.reader of the configuration)"})
case("errors/schema-invalid-protobuf", "a descriptor set that is none", "descriptor.proto", config={"value": {"format": "protobuf", "framing": "confluent"}},
     files={"product.fds": FDS, "bad.fds": b"\x0a\xff\x01"}, schemas=[proto_schema(), proto_schema("confluent:43", "bad.fds")],
     records=[{"value": CONFLUENT_42 + "00" + PROTO}, {"value": "000000002b" + "00" + PROTO}, {"value": CONFLUENT_42 + "00" + PROTO}],
     expect=[{"value": FOUND}, {"value": fails("SCHEMA_INVALID", "schema", at=3, space="schema")}, {"value": FOUND}])
case("errors/schema-limits", "a schema nested beyond the limit", "limits of kafkalens", config=CONFLUENT, files={**FILES, "deep.avsc": '{"type":"array","items":' * 200 + '"int"' + "}" * 200 + "\n"},
     schemas=[avro_schema(), avro_schema("confluent:43", "deep.avsc")], records=[{"value": "000000002b" + "00"}, {"value": CONFLUENT_42 + AVRO}],
     expect=[{"value": fails("SCHEMA_LIMIT", "limit")}, {"value": FOUND}])
