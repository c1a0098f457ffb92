/** What a failed invocation leaves where its mapping has an on-failure destination. */

import { checkedFailure } from "./rules.js";
import type { EventRecord, FailureOptions, MskEvent, SelfManagedEvent } from "./types.js";

const REQUEST = "11111111-2222-4333-8444-555555555555";
const FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:test";
const QUEUE = "arn:aws:sqs:eu-west-1:123456789012:test-failures";
const TOPIC = "arn:aws:sns:eu-west-1:123456789012:test-failures";
const TIME = "2024-01-01T00:00:00.000Z";

/** What the destination of a mapping gets when an event was given up. Throws a `DecodeError` where an option is not valid. */
export function onFailure(event: MskEvent | SelfManagedEvent, options: FailureOptions = {}): object {
  const { destination = "s3", condition = "RetryAttemptsExhausted" } = checkedFailure(event, options);
  switch (destination) {
    case "s3":
      return { ...record(event, condition), payload: JSON.stringify(event) };
    case "sqs":
      return { Records: [message(JSON.stringify(record(event, condition)))] };
    case "sns":
      return { Records: [notification(JSON.stringify(record(event, condition)))] };
  }
}

function record(event: MskEvent | SelfManagedEvent, condition: string): object {
  const tooLarge = condition === "MaximumPayloadSizeExceeded";
  const records = Object.values(event.records).flat();
  return {
    requestContext: {
      requestId: REQUEST,
      functionArn: FUNCTION,
      condition,
      approximateInvokeCount: tooLarge ? 0 : 3,
    },
    responseContext: tooLarge
      ? null
      : { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    version: "1.0",
    timestamp: TIME,
    KafkaBatchInfo: {
      batchSize: records.length,
      ...("eventSourceArn" in event ? { eventSourceArn: event.eventSourceArn } : {}),
      bootstrapServers: event.bootstrapServers,
      payloadSize: Buffer.byteLength(JSON.stringify(event)),
      recordsInfo: Object.fromEntries(
        Object.entries(event.records).map(([partition, held]) => [partition, info(held)]),
      ),
    },
  };
}

function info(records: readonly EventRecord[]): object {
  const [first, last] = [records.at(0)!, records.at(-1)!];
  return {
    firstRecordOffset: String(first.offset),
    firstRecordTimestamp: new Date(first.timestamp).toISOString(),
    lastRecordOffset: String(last.offset),
    lastRecordTimestamp: new Date(last.timestamp).toISOString(),
  };
}

function message(body: string): object {
  return {
    messageId: REQUEST,
    receiptHandle: "test",
    body,
    attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(Date.parse(TIME)) },
    messageAttributes: {},
    eventSource: "aws:sqs",
    eventSourceARN: QUEUE,
    awsRegion: "eu-west-1",
  };
}

function notification(body: string): object {
  const Sns = { Type: "Notification", MessageId: REQUEST, TopicArn: TOPIC, Message: body, Timestamp: TIME };
  return { EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: `${TOPIC}:1`, Sns };
}
