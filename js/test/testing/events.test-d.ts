// The types of the testing kit.

import { avro, json, kafkaHandler } from "kafkalens";
import {
  type FailureOptions,
  kafkaEvents,
  type MskEvent,
  onFailure,
  raw,
  type TestRecord,
  written,
} from "kafkalens/testing";

const config = { key: json(), value: avro({ writer: '"string"', framing: "glue", anyId: true }) };
const events = kafkaEvents(config, {
  topic: "orders",
  value: { compressed: true },
  eventRecordFormat: "SOURCE",
});
const records: TestRecord[] = [
  {
    key: 1n,
    value: "a",
    headers: [
      ["h", "x"],
      ["b", new Uint8Array(1)],
      ["n", null],
    ],
  },
  { value: raw("x"), partition: 1 },
  { value: written("b", { schema: '"string"', id: 42 }) },
  { value: null },
];
const event: MskEvent = events.msk(records);
export const offset: number | undefined = event.records["orders-0"]?.[0]?.offset;
export const source: "SelfManagedKafka" = events.selfManaged(records).eventSource;
export const failed: object = onFailure(event, { destination: "sqs" } satisfies FailureOptions);
export const done: Promise<unknown> = kafkaHandler(config, () => {})(event);

// @ts-expect-error: there is no such format
kafkaEvents(config, { eventRecordFormat: "AVRO" });
// @ts-expect-error: a record has no such part
events.msk([{ vlaue: 1 }]);
