"""What events come in: on-failure records, messages, lines of logs, JSON Lines, arrays, single records."""

import json

from cases import b64, call, case, fails, ok
from specified.common import lambda_event, record

FAILURE = "AWS Lambda, on-failure destinations of Kafka mappings"
TEXT = {"value": {"format": "text"}}
BROKERS = "b-1.example.com:9098,b-2.example.com:9098"
REQUEST = "316aa6d0-8154-4b5c-9af7-85d5f4a6bc81"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:f"


def value(text, **more):
    return record(value=b64(text.encode()), **more)


def failure(payload=None, condition="RetryAttemptsExhausted", infos=None, **batch):
    """An on-failure record as Lambda writes it."""
    response = {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"}
    infos = infos or {"t-0": {"firstRecordOffset": "5", "lastRecordOffset": "7",
                              "firstRecordTimestamp": "2019-11-14T00:38:04.835Z", "lastRecordTimestamp": "2019-11-14T00:38:05.580Z"}}
    return {
        "requestContext": {"requestId": REQUEST, "functionArn": ARN, "condition": condition, "approximateInvokeCount": 3},
        "responseContext": response if condition == "RetryAttemptsExhausted" else None, "version": "1.0", "timestamp": "2019-11-14T00:38:06.021Z",
        "KafkaBatchInfo": {"batchSize": 3, "eventSourceArn": "arn:aws:kafka:us-east-1:123456789012:cluster/c/1", "bootstrapServers": BROKERS,
                           "payloadSize": 300, "recordsInfo": infos, **batch},
        **({} if payload is None else {"payload": json.dumps(payload)})}


TOLD = {"kind": "on-failure", "requestId": REQUEST, "functionArn": ARN, "condition": "RetryAttemptsExhausted", "approximateInvokeCount": 3,
        "statusCode": 200, "functionError": "Unhandled", "timestamp": "2019-11-14T00:38:06.021Z", "batchSize": 3, "payloadSize": 300}
KCAT = f"kcat -C -b {BROKERS} -t t -p 0 -o 5 -c 3 -e -J"
RANGE = {"topic": "t", "partition": 0, "firstOffset": "5", "lastOffset": "7", "firstTimestamp": "2019-11-14T00:38:04.835Z",
         "lastTimestamp": "2019-11-14T00:38:05.580Z", "command": KCAT}
EVENT = lambda_event({"t-0": [value("a", offset=5), value("b", offset=6)], "t-1": [value("c", offset=9, partition=1)]})
ABC = [{"value": ok('"a"'), "record": {"offset": 5}}, {"value": ok('"b"'), "record": {"offset": 6}}, {"value": ok('"c"'), "record": {"offset": 9, "partition": 1}}]
OF_EVENT = [{"topic": "t", "partition": 0, "records": 2, "firstOffset": "5", "lastOffset": "6", "contiguous": True},
            {"topic": "t", "partition": 1, "records": 1, "firstOffset": "9", "lastOffset": "9", "contiguous": True}]
NO_EVENT = {"code": "EVENT_SHAPE", "category": "event"}


def envelope(name, about, event, told, expect=None, origin=FAILURE, error=None, config=TEXT, files=None):
    calls = [call("envelope", told)]
    more = {"expect": expect} if error is None else {"expectError": error}
    if isinstance(event, str):
        files, event = {"event.txt": event}, "event.txt"
    case(f"envelope/{name}", about, origin, config=config, event=event, calls=calls, files=files, **more)


def part(kind, *within, **more):
    return {"kind": kind, **({"within": list(within)} if within else {}), **more}


MSK = "AWS Lambda, event of Amazon MSK"
envelope("event", "an event itself, its brokers and the offsets of each partition", EVENT,
         {"kind": "event", "records": 3, "parts": [part("event", eventSource="aws:kafka", bootstrapServers=BROKERS, records=3, partitions=OF_EVENT)]}, ABC, MSK)
envelope("queue", "share groups: offsets neither in order nor without gaps", lambda_event({"t-0": [value("a", offset=9), value("b", offset=3)]}),
         {"parts": [part("event", partitions=[{"records": 2, "firstOffset": "3", "lastOffset": "9", "contiguous": False}])]},
         [{"value": ok('"a"'), "record": {"offset": 9}}, {"value": ok('"b"'), "record": {"offset": 3}}], "AWS Lambda, queue mode")
envelope("failure-s3", "an S3 object: who failed, why and how often, and the records", failure(EVENT),
         {"kind": "on-failure", "records": 3, "parts": [part("event", TOLD, records=3, partitions=OF_EVENT)]}, ABC)
envelope("failure-sqs", "without a payload: what to look up, with a command", failure(),
         {"kind": "on-failure", "records": 0, "parts": [part("none", TOLD, bootstrapServers=BROKERS, eventSourceArn="arn:aws:kafka:us-east-1:123456789012:cluster/c/1", partitions=[RANGE])]},
         error={**NO_EVENT, "path": "$"})
envelope("failure-payload-size", "a record too large to be delivered has no response", failure(condition="MaximumPayloadSizeExceeded"),
         {"parts": [part("none", {"kind": "on-failure", "condition": "MaximumPayloadSizeExceeded", "approximateInvokeCount": 3}, partitions=[RANGE])]}, error=NO_EVENT)
LONG = ("49601189658422359378836298521827638475320189012309704722", "49601189658422359378836298522902373528957594348623495186")
envelope("failure-long-offsets", "offsets that no 64 bits hold stay as they are; no command could name them",
         failure(infos={"t-0": {"firstRecordOffset": LONG[0], "lastRecordOffset": LONG[1]}, "my-topic-12": {"firstRecordOffset": 5, "lastRecordOffset": 5}}),
         {"parts": [part("none", {"kind": "on-failure"}, partitions=[
             {"topic": "t", "partition": 0, "firstOffset": LONG[0], "lastOffset": LONG[1]},
             {"topic": "my-topic", "partition": 12, "firstOffset": "5", "command": f"kcat -C -b {BROKERS} -t my-topic -p 12 -o 5 -c 1 -e -J"}])]}, error=NO_EVENT)
HOSTILE = failure(infos={"t'; rm -rf ~ #-0": {"firstRecordOffset": "1", "lastRecordOffset": "2"}})
envelope("failure-hostile-names", "names that a shell might read make no command", HOSTILE,
         {"parts": [{"kind": "none", "partitions": [{"topic": "t'; rm -rf ~ #", "partition": 0, "firstOffset": "1", "lastOffset": "2"}]}]}, error=NO_EVENT)
OTHER = lambda_event({"u-0": [value("z", topic="u", offset=1)]})
ZED = {"value": ok('"z"'), "record": {"topic": "u", "offset": 1}}
envelope("several-events", "several events in one file, each over several lines", json.dumps(EVENT, indent=1) + "\n\n" + json.dumps(failure(OTHER), indent=2) + "\n",
         {"kind": "line", "records": 4, "parts": [part("event", {"kind": "line", "index": 0}, records=3), part("event", {"kind": "line", "index": 1}, TOLD, records=1)]}, [*ABC, ZED])
envelope("json-lines", "JSON Lines of records", "".join(json.dumps(value(v, offset=i)) + "\n" for i, v in enumerate("ab")),
         {"kind": "line", "records": 2, "parts": [part("record", {"kind": "line", "index": 0}, partitions=[{"topic": "t", "firstOffset": "0"}]), part("record", {"kind": "line", "index": 1})]},
         [{"value": ok('"a"')}, {"value": ok('"b"')}], "JSON Lines")
envelope("json-lines-broken", "a line that is none is the error of its place", json.dumps(value("a")) + "\n{\"x\":}\n" + json.dumps(value("b", offset=1)),
         {"records": 2, "parts": [part("record"), part("none", error={"code": "EVENT_NOT_JSON"}), part("record")]},
         [{"value": ok('"a"')}, {"key": fails("EVENT_NOT_JSON", "event", side=None), "value": fails("EVENT_NOT_JSON", "event", side=None)}, {"value": ok('"b"')}], "JSON Lines")
PIPES = "Amazon EventBridge Pipes, Kafka sources"
FROM_PIPES = {"eventSource": "aws:kafka", "eventSourceKey": "t-0", "bootstrapServers": BROKERS}
envelope("array", "an array of records", [{**FROM_PIPES, **value("a", offset=5)}, {**FROM_PIPES, **value("b", offset=6)}],
         {"kind": "records", "records": 2, "parts": [part("records", partitions=[{"topic": "t", "records": 2, "firstOffset": "5", "lastOffset": "6"}])]}, ABC[:2], PIPES)
envelope("array-broken", "a record of an array that is none touches no other", [value("a"), 7, {**value("b"), "offset": "x"}], {"records": 3},
         [{"value": ok('"a"')}, {"value": fails("EVENT_RECORD_SHAPE", "event", side=None, path="$[1]")}, {"value": fails("EVENT_RECORD_SHAPE", "event", side=None, path="$[2].offset")}], PIPES)
envelope("array-of-events", "an array of events and on-failure records", [EVENT, failure(OTHER)],
         {"kind": "item", "parts": [part("event", {"kind": "item", "index": 0}), part("event", {"kind": "item", "index": 1}, TOLD)]}, [*ABC, ZED])
envelope("single-record", "one record by itself", value("a", offset=5), {"kind": "record", "records": 1, "parts": [part("record")]}, ABC[:1], "kafkalens: one record of an event")


def sqs(*bodies):
    return {"Records": [{"messageId": f"m-{i}", "receiptHandle": "r", "body": body if isinstance(body, str) else json.dumps(body), "attributes": {}, "messageAttributes": {},
                         "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:q", "awsRegion": "us-east-1"} for i, body in enumerate(bodies)]}


def sns(message):
    return {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": {"Type": "Notification", "MessageId": "n-1", "TopicArn": "arn", "Message": json.dumps(message)}}]}


REDRIVE = "AWS Lambda, events of Amazon SQS and SNS"
envelope("sqs", "a redrive function's event: on-failure records in the bodies, one with a payload",
         sqs(failure(EVENT), failure()), {"kind": "sqs", "records": 3, "parts": [
             part("event", {"kind": "sqs", "index": 0, "messageId": "m-0"}, TOLD, records=3), part("none", {"kind": "sqs", "index": 1, "messageId": "m-1"}, TOLD, partitions=[RANGE])]},
         [*ABC, {"key": fails("EVENT_SHAPE", "event", side=None), "value": fails("EVENT_SHAPE", "event", side=None)}], REDRIVE)
envelope("sqs-offsets-only", "where no body has a payload, the whole is refused; the commands are told", sqs(failure(), failure()),
         {"kind": "sqs", "records": 0, "parts": [part("none", partitions=[RANGE]), part("none", partitions=[RANGE])]}, origin=REDRIVE, error=NO_EVENT)
envelope("sns", "an on-failure record that SNS delivers", sns(failure(OTHER)), {"kind": "sns", "parts": [part("event", {"kind": "sns", "index": 0, "messageId": "n-1"}, TOLD)]}, [ZED], REDRIVE)
envelope("sqs-of-sns", "a notification in the body of a message", sqs(json.dumps({"Type": "Notification", "MessageId": "n-1", "Message": json.dumps(failure(OTHER))})),
         {"parts": [part("event", {"kind": "sqs"}, {"kind": "sns", "messageId": "n-1"}, TOLD)]}, [ZED], REDRIVE)
envelope("sqs-other", "messages that are no on-failure records", sqs("hello", '"x"'), {"records": 0, "parts": [part("none", error=NO_EVENT)] * 2}, origin=REDRIVE, error={**NO_EVENT, "path": "$"})
envelope("s3-notification", "a notification names an object, and holds none of its text", {"Records": [{"eventSource": "aws:s3", "s3": {"object": {"key": "k"}}}]},
         {"records": 0}, origin="Amazon S3, event notifications", error={**NO_EVENT, "path": "$"})
# What a Kafka topic as destination gets are the records themselves; the names of the headers beside them are not documented.
MARKED = [{"x-failure-condition": list(b"RetryAttemptsExhausted")}, {"trace": [1, -61]}]
envelope("kafka-destination", "a topic of failed records delivers an ordinary event: headers that tell of the failure stay headers", lambda_event({"failed-0": [value("a", topic="failed", headers=MARKED)]}),
         {"kind": "event", "records": 1, "parts": [part("event", partitions=[{"topic": "failed", "records": 1}])]},
         [{"value": ok('"a"'), "record": {"topic": "failed", "headers": [{"name": "x-failure-condition", "value": b64(b"RetryAttemptsExhausted")}, {"name": "trace", "value": b64(bytes([1, 195]))}]}}])
LOG = "Amazon CloudWatch Logs, lines of AWS Lambda"
TEXT_LOG = (f"START RequestId: {REQUEST} Version: $LATEST\n2024-01-02T03:04:05.678Z\t{REQUEST}\tINFO\t{json.dumps(EVENT)}\n"
            f"2024-01-02T03:04:05.679Z\t{REQUEST}\tINFO\t{{ not: 'JSON' }}\nEND RequestId: {REQUEST}\n")
envelope("log-line", "a line of a log that holds an event, among others", TEXT_LOG, {"kind": "log", "records": 3, "parts": [part("event", {"kind": "log", "requestId": REQUEST}, records=3)]}, ABC, LOG)
JSON_LOG = "".join(json.dumps(line) + "\n" for line in (
    {"time": "2024-01-02T03:04:05.678Z", "type": "platform.start", "record": {"requestId": REQUEST}},
    {"timestamp": "2024-01-02T03:04:05.678Z", "level": "INFO", "requestId": REQUEST, "message": OTHER},
    {"timestamp": "2024-01-02T03:04:05.679Z", "level": "INFO", "requestId": REQUEST, "message": "done"},
    {"timestamp": "2024-01-02T03:04:05.679Z", "level": "INFO", "requestId": REQUEST, "message": json.dumps(OTHER)}))
envelope("log-json", "lines of a log in JSON, their messages objects or text", {"logEvents": [{"id": "1", "timestamp": 1, "message": line} for line in JSON_LOG.splitlines()[1:]]},
         {"kind": "log", "records": 2, "parts": [part("event", {"kind": "log", "requestId": REQUEST})] * 2}, [ZED, ZED], LOG)
envelope("log-nothing", "a log without an event", f"2024-01-02T03:04:05.678Z\t{REQUEST}\tINFO\t{{\"a\":1}}\n", {"records": 0, "parts": [part("none", error=NO_EVENT)]}, origin=LOG, error=NO_EVENT)
envelope("limit-records", "the limit counts the records of all parts", [EVENT, EVENT], {"records": 3, "parts": [part("event", records=3), part("event", records=0, error={"code": "EVENT_LIMIT"})]}, origin="kafkalens: limits",
         config={**TEXT, "limits": {"records": 5}}, error={"code": "EVENT_LIMIT", "category": "limit"})
envelope("records-other", "records of other sources are no messages of SQS", {"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": "b"}, "object": {"key": "k"}}}]},
         {"kind": "item", "records": 0, "parts": [part("none", {"kind": "item", "index": 0}, error=NO_EVENT)]}, origin="AWS Lambda, events of other sources", error={**NO_EVENT, "path": "$"})
envelope("limit-messages", "more messages than records are allowed", sqs("{}", "{}", "{}"), {"parts": [part("none", error={"code": "EVENT_LIMIT"})]}, origin="kafkalens: limits",
         config={**TEXT, "limits": {"records": 2}}, error={"code": "EVENT_LIMIT", "category": "limit"})
DEEP = EVENT
for _ in range(9):
    DEEP = {"payload": DEEP}
envelope("hostile-depth", "texts within texts are followed a few levels deep", DEEP, {"records": 0}, origin="kafkalens: limits", error=NO_EVENT)
