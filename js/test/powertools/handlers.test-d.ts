// Handlers of Powertools compile with the import changed.

import { kafkaConsumer, SchemaType } from "kafkalens/powertools";
import { KafkaConsumerError, KafkaConsumerParserError } from "kafkalens/powertools/errors";
import type { ConsumerRecord, ConsumerRecords, MSKEvent, SchemaConfig } from "kafkalens/powertools/types";
import type { MskEvent } from "kafkalens/testing";
import type { Type } from "protobufjs";
import { z } from "zod";

declare const Product: Type;
declare const made: MskEvent;
/** As docs/cookbook.md has it: the kit's records have null, those of this type don't. */
export const event: MSKEvent = made as MSKEvent;
const User = z.object({ name: z.string() });

const config = {
  key: { type: SchemaType.JSON, parserSchema: z.string() },
  value: { type: SchemaType.AVRO, schema: '"string"', parserSchema: User },
} satisfies SchemaConfig;

export const avro = kafkaConsumer<string, z.infer<typeof User>>(async (event, context) => {
  context.getRemainingTimeInMillis().toFixed();
  for (const { key, value, headers, originalValue } of event.records) {
    key.toUpperCase();
    value.name.toUpperCase();
    originalValue.length.toFixed();
    headers?.map((header) => header.trace?.length);
    // @ts-expect-error: not of the value's type
    value.age;
  }
  return { statusCode: 200 };
}, config);

export const protobuf = kafkaConsumer<unknown, { id: number }>(
  async ({ records, eventSourceArn }) => records.map(({ value }) => [value.id, eventSourceArn]),
  { value: { type: SchemaType.PROTOBUF, schema: Product } },
);

async function handle({ records }: ConsumerRecords<string, number>): Promise<void> {
  records.map((record: ConsumerRecord<string, number>) => record.value.toFixed());
}
export const inferred: (event: MSKEvent, context: never) => Promise<unknown> = kafkaConsumer(handle);

kafkaConsumer(handle, { value: { type: "avro", schema: "", framing: "glue" } });
kafkaConsumer(handle, { value: { type: "protobuf", schema: { files: [], message: "M" } } });
// @ts-expect-error: there is no such type
kafkaConsumer(handle, { value: { type: "xml" } });
// @ts-expect-error: Avro has a schema
kafkaConsumer(handle, { value: { type: "avro" } });

const error: Error = new KafkaConsumerParserError("why", { cause: [] });
error instanceof KafkaConsumerError;
