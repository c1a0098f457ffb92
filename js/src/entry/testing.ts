/** `kafkalens/testing`: events from plain values, for the tests of handlers. */

export { type KafkaEvents, kafkaEvents } from "../testing/builder.js";
export { onFailure } from "../testing/failure.js";
export { type Payload, raw, written } from "../testing/payload.js";
export type {
  EventOptions,
  EventRecord,
  FailureOptions,
  MskEvent,
  SelfManagedEvent,
  TestRecord,
  Writing,
} from "../testing/types.js";
