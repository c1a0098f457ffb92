"""Lambda events, their metadata, and base64."""

import json
from pathlib import Path

from cases import b64, case, fails, file, ok
from specified.common import AVRO, AVSC, JSON, lambda_event, record

MSK = "AWS Lambda, event of Amazon MSK"
SELF = "AWS Lambda, event of self-managed Apache Kafka"
HERE = Path(__file__).resolve().parents[1] / "samples"
TEXT = {"key": {"format": "text"}, "value": {"format": "text"}}
HI = b64("6869")


def event(name, about, origin, document, expect, config=None, **more):
    case(f"event/{name}", about, origin, config=config or TEXT, event=document, expect=expect, **more)


# The sample: a real producer's order, Avro behind Glue's header, with a namespace that holds a space.
ORDER_KEY = '{"order_id":"d6d8d2c6-a860-4256-af5b-8f57491fc8af"}'
ITEMS = '"order_items":[{"product_id":5150,"quantity":10},{"product_id":1922,"quantity":3},{"product_id":5426,"quantity":3}]'


def order(at):
    return ('{"order_id":"d6d8d2c6-a860-4256-af5b-8f57491fc8af","ordered_at":' + at + ',"user_id":"iabxa",' + ITEMS + "}")


ORDER = order('"2023-04-04T18:12:21.751Z"')
ORDER_ID = "glue:de0ffae0-8c2c-4279-ac0d-fd96883ba56e"
SAMPLE = {"event.json": (HERE / "orders-glue-event.json").read_bytes(), "order.avsc": (HERE / "order.avsc").read_bytes()}
METADATA = {"topic": "orders", "partition": 2, "offset": 10293, "timestamp": 1680631941838, "timestampType": "CREATE_TIME", "headers": []}
event("orders-glue", "the sample of an order: JSON in the key, Avro behind Glue's header in the value, any id", "AWS sample, order event", "event.json",
      [{"key": ok(ORDER_KEY), "value": ok(ORDER, ORDER_ID), "record": METADATA}],
      {"key": {"format": "json"}, "value": {"format": "avro", "framing": "glue", "writer": file("order.avsc"), "anyId": True}}, files=SAMPLE)
event("orders-glue-by-id", "the sample of an order, its schema by its UUID", "AWS sample, order event", "event.json", [{"key": ok(ORDER_KEY), "value": ok(ORDER, ORDER_ID)}],
      {"key": {"format": "json"}, "value": {"format": "avro", "framing": "glue"}}, files=SAMPLE, schemas=[{"ref": ORDER_ID, "type": "AVRO", "file": "order.avsc"}], missing=[ORDER_ID])
event("orders-glue-epoch", "the sample of an order, logical types raw", "AWS sample, order event", "event.json", [{"value": ok(order("1680631941751"), ORDER_ID)}],
      {"value": {"format": "avro", "framing": "glue", "writer": file("order.avsc"), "anyId": True}, "timestamps": "epoch"}, files=SAMPLE)
event("orders-glue-next", "a reader's schema with one mandatory field more can never read the sample; the key is decoded all the same", "AWS sample, order event", "event.json",
      [{"key": ok(ORDER_KEY), "value": fails("SCHEMA_INCOMPATIBLE", "schema")}],
      {"key": {"format": "json"}, "value": {"format": "avro", "framing": "glue", "reader": file("order-more.avsc")}},
      files={**SAMPLE, "order-more.avsc": (HERE / "order-more.avsc").read_bytes()}, schemas=[{"ref": ORDER_ID, "type": "AVRO", "file": "order.avsc"}])

event("msk", "an event of Amazon MSK with all of its metadata", MSK, lambda_event(
    {"mytopic-0": [record("mytopic", 0, 15, timestamp=1545084650987, key=HI, value=HI, headers=[{"headerKey": [104, 101, 97, 100, 101, 114]}])]},
    eventSourceArn="arn:aws:kafka:us-east-1:123456789012:cluster/vpc-2priv-2pub/751d2973-a626-431c-9d4e-d7975eb44dd7-2"),
    [{"key": ok('"hi"'), "value": ok('"hi"'), "record": {"topic": "mytopic", "partition": 0, "offset": 15, "timestamp": 1545084650987, "timestampType": "CREATE_TIME",
                                                          "headers": [{"name": "headerKey", "value": b64(b"header")}]}}])
event("self-managed", "an event of self-managed Kafka has no ARN", SELF, lambda_event({"t-0": [record(value=HI)]}, "SelfManagedKafka"), [{"value": ok('"hi"')}])
event("self-managed-prefixed", "the source as old samples have it, the partition as text", SELF + ", older samples", lambda_event(
    {"t-3": [record(partition="3", value=HI)]}, "aws:SelfManagedKafka"), [{"value": ok('"hi"'), "record": {"partition": 3}}])
event("bare-records", "records are enough", "kafkalens: unknown and absent attributes do not matter", {"records": {"t-0": [{"topic": "t", "partition": 0, "offset": 1, "value": HI}]}, "later": {"x": [1]}},
      [{"key": {"tombstone": "absent"}, "value": ok('"hi"'), "record": {"topic": "t", "partition": 0, "offset": 1}}])
event("several-partitions", "several partitions of one topic, in the order of the event", MSK, lambda_event(
    {"t-1": [record(partition=1, offset=7, value=b64(b"a")), record(partition=1, offset=8, value=b64(b"b"))], "t-0": [record(offset=3, value=b64(b"c"))]}),
    [{"value": ok('"a"'), "record": {"partition": 1, "offset": 7}}, {"value": ok('"b"'), "record": {"partition": 1, "offset": 8}}, {"value": ok('"c"'), "record": {"partition": 0, "offset": 3}}])
event("no-records", "an empty map of records", MSK, lambda_event({}), [])
event("empty-partition", "a partition without records", MSK, lambda_event({"t-0": [], "t-1": [record(partition=1, value=HI)]}), [{"value": ok('"hi"')}])
event("null-records", "null in place of the map", "aws_lambda_events, null-safe", {"eventSource": "aws:kafka", "records": None}, [])
event("hyphens", "a topic with hyphens: the record's own fields count", MSK, lambda_event({"my-topic-1-10": [record("my-topic-1", 10, value=HI)]}),
      [{"value": ok('"hi"'), "record": {"topic": "my-topic-1", "partition": 10}}])
event("own-fields-win", "the record's own topic and partition count, not the map's name", MSK, lambda_event({"other-9": [record("mine", 1, value=HI)]}),
      [{"value": ok('"hi"'), "record": {"topic": "mine", "partition": 1}}])
event("log-append-time", "the other kind of timestamp", MSK, lambda_event({"t-0": [record(value=HI, timestampType="LOG_APPEND_TIME") | {"timestamp": 0}]}),
      [{"value": ok('"hi"'), "record": {"timestamp": 0, "timestampType": "LOG_APPEND_TIME"}}])
event("large-offset", "offsets up to 2^53 − 1", MSK, lambda_event({"t-0": [record(offset=9007199254740991, value=HI)]}), [{"value": ok('"hi"'), "record": {"offset": 9007199254740991}}])
event("absent-null-empty", "absent, null and empty are three different things", MSK, lambda_event({"t-0": [
    record(offset=0), record(offset=1, key=None, value=None), record(offset=2, key="", value=""), record(offset=3, key=HI, value=None)]}), [
    {"key": {"tombstone": "absent"}, "value": {"tombstone": "absent"}}, {"key": {"tombstone": "null"}, "value": {"tombstone": "null"}},
    {"key": ok('""'), "value": ok('""')}, {"key": ok('"hi"'), "value": {"tombstone": "null"}}])
event("headers", "header bytes are Java's signed ones; order and repeated names stay", MSK, lambda_event({"t-0": [record(value=HI, headers=[
    {"b": [-61, -85]}, {"a": [104, 105]}, {"b": []}, {"__proto__": [-128, 127, 0, -1]}])]}),
    [{"value": ok('"hi"'), "record": {"headers": [{"name": "b", "value": b64("c3ab")}, {"name": "a", "value": HI}, {"name": "b", "value": ""}, {"name": "__proto__", "value": b64("807f00ff")}]}}])
event("headers-unsigned", "header bytes from 128 to 255 are read as well", "kafkalens: bytes of either sign", lambda_event({"t-0": [record(value=HI, headers=[{"b": [195, 171, 255]}])]}),
      [{"value": ok('"hi"'), "record": {"headers": [{"name": "b", "value": b64("c3abff")}]}}])
event("headers-none", "no headers: absent, null, empty", MSK, lambda_event({"t-0": [record(offset=0, value=HI), record(offset=1, value=HI, headers=None), record(offset=2, value=HI, headers=[])]}),
      [{"value": ok('"hi"'), "record": {"headers": []}}] * 3)
event("headers-null-value", "a header without a value", "Apache Kafka: a header's value may be null", lambda_event({"t-0": [record(value=HI, headers=[{"n": None}])]}),
      [{"value": ok('"hi"'), "record": {"headers": [{"name": "n", "value": None}]}}])
WHOLE = lambda_event({"t-0": [record(offset=5, value=b64(AVRO))]})
event("on-failure-s3", "what an S3 on-failure destination holds: the whole event as escaped text", "AWS Lambda, on-failure destinations of Kafka mappings", {
    "requestContext": {"requestId": "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81", "functionArn": "arn:aws:lambda:us-east-1:123456789012:function:f",
                       "condition": "RetryAttemptsExhausted", "approximateInvokeCount": 1},
    "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"}, "version": "1.0", "timestamp": "2019-11-14T00:38:06.021Z",
    "KafkaBatchInfo": {"batchSize": 1, "bootstrapServers": "b-1.example.com:9098", "payloadSize": 300, "recordsInfo": {
        "t-0": {"firstRecordOffset": "49601189658422359378836298521827638475320189012309704722", "lastRecordOffset": "49601189658422359378836298522902373528957594348623495186",
                "firstRecordTimestamp": "2019-11-14T00:38:04.835Z", "lastRecordTimestamp": "2019-11-14T00:38:05.580Z"}}},
    "payload": json.dumps(WHOLE)}, [{"value": ok(JSON), "record": {"topic": "t", "offset": 5}}], {"value": {"format": "avro", "writer": file("product.avsc")}}, files={"product.avsc": AVSC})
event("metadata-without-id", "schema metadata that only names a format", "AWS Lambda, Kafka mappings with a schema registry",
      lambda_event({"t-0": [record(value=b64(JSON.encode()), valueSchemaMetadata={"dataFormat": "JSON"}), record(offset=1, value=b64(JSON.encode()), valueSchemaMetadata=None)]}),
      [{"value": ok(JSON)}, {"value": ok(JSON)}], {"value": {"format": "json"}})
SAMPLE_EVENT = '''{
  "eventSource": "aws:kafka",
  "records": {
    "t-0": [
      {"topic": "t", "partition": 0, "offset": 0, "timestamp": 1, "timestampType": "CREATE_TIME", "value": "aGk=", "headers": []}
    ]
  }
}
'''
event("escapes", "escapes anywhere in the event's text", "RFC 8259", "event.json", [{"value": ok('"hi"'), "record": {"topic": "té", "headers": [{"name": "ë", "value": ""}]}}],
      files={"event.json": SAMPLE_EVENT.replace('"topic": "t"', '"\\u0074opic": "t\\u00e9"').replace('"aGk="', '"aG\\u006b="').replace('[]}', '[{"\\u00eb": []}]}').replace('"records"', '"r\\u0065cords"')})
event("byte-order-mark", "a byte order mark before the event", "RFC 8259: may be ignored", "event.json", [{"value": ok('"hi"')}], files={"event.json": "\ufeff" + SAMPLE_EVENT})


# Base64.
def base64(name, about, origin, rows):
    case(f"base64/{name}", about, origin, config={"value": {"format": "bytes"}}, records=[{"value": {"base64": t}} for t, _ in rows],
         expect=[{"value": x if isinstance(x, dict) else ok(x)} for _, x in rows])


def bad(at=None, hint=None):
    return fails("BASE64_INVALID", "base64", at=at, space="base64" if at is not None else None, hint=hint)


base64("good", "base64 of every length", "RFC 4648", [("", '""'), ("AA==", '"AA=="'), ("AAE=", '"AAE="'), ("AAEC", '"AAEC"'), ("++//", '"++//"'), ("aGk=", '"aGk="'), ("A" * 400, '"' + "A" * 400 + '"')])
base64("non-canonical", "non-zero bits after the last byte, as a documented sample has them", "AWS sample, MSK event",
       [("abcDEFghiJKLmnoPQRstuVWXyz1234==", '"abcDEFghiJKLmnoPQRstuVWXyz123w=="'), ("AB==", '"AA=="'), ("AAF=", '"AAE="'),
        ("//==", '"/w=="'), ("///=", '"//8="'), ("A" * 16 + "//==", '"' + "A" * 16 + '/w=="')])
base64("unpadded", "padding may be absent", "RFC 4648, lenient", [("AA", '"AA=="'), ("AAE", '"AAE="'), ("aGk", '"aGk="')])
base64("bad", "what is not base64: the first character that is wrong", "RFC 4648", [
    ("!!!!", bad(0)), ("AA!=", bad(2)), ("AAECAA*A", bad(6)), ("é", bad(0)), ("AAEC ", bad(4)), ("aGk=aGk=", bad()), ("A", bad()), ("AAECA", bad()), ("=", bad()), ("AA==", '"AA=="')])
OTHER_MEANS = "the event may have been edited, or the payload encoded by other means"
base64("beyond-ascii", "characters that JSON can hold as they are, white space among them: the hint is the same in every form of the event", "RFC 4648", [
    ("AAEC\u2028", bad(4, OTHER_MEANS)), ("AAEC\u00a0AAE", bad(4, OTHER_MEANS)), ("\u3000", bad(0, OTHER_MEANS)), ("AAEC", '"AAEC"')])
base64("url-safe", "the alphabet for URLs is another one", "RFC 4648, section 5", [("-_-_", bad(0)), ("AA-A", bad(2))])
case("base64/each-side", "a key that is not base64 leaves its value alone", "RFC 4648", config={"key": {"format": "bytes"}, "value": {"format": "bytes"}},
     records=[{"key": {"base64": "*"}, "value": {"base64": "AAEC"}}, {"key": {"base64": "AAEC"}, "value": {"base64": "AA*C"}}],
     expect=[{"key": fails("BASE64_INVALID", "base64", "key", at=0, space="base64"), "value": ok('"AAEC"')}, {"key": ok('"AAEC"'), "value": bad(2)}])
