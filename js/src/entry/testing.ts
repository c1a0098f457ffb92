/** `kafkalens/testing`: events from plain values, for the tests of handlers. */

export { type KafkaEvents, kafkaEvents } from "../testing/builder.js";
export { type FailureOptions, onFailure } from "../testing/failure.js";
export {
  type EventOptions,
  type EventRecord,
  type MskEvent,
  type Payload,
  raw,
  type SelfManagedEvent,
  type TestRecord,
  type Writing,
  written,
} from "../testing/types.js";
