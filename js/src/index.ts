/** The library, but for what makes decoders: an entry binds that to its platform. */

export type {
  AvroDatum,
  Batch,
  BatchStats,
  CompatibilityMode,
  CompatibilityQuestion,
  CompatibilityReport,
  DecodedRecord,
  Decoder,
  EncodeOptions,
  Incompatibility,
  PayloadPlace,
  ProtobufChange,
  ProtobufMessage,
  ProtobufVersion,
  RecordJson,
  Result,
  SchemaQuestion,
  SchemaVersion,
  SideJson,
  Tombstone,
} from "./api.js";
export { avro, bytes, connect, json, primitive, protobuf, text } from "./builders.js";
export type { Payload } from "./bytes.js";
export { canonicalJson, stringify } from "./canonical.js";
export type * from "./config.js";
export type { ErrorDocument } from "./core.js";
export type * from "./diagnosis.js";
export { DecodeError, type ErrorCategory, type ErrorSpace, isDecodeError } from "./errors.js";
export type { Header, RecordHeaders } from "./headers.js";
export { BatchError, type FailureKind, RecordFailure } from "./lambda/failure.js";
export type {
  BatchResponse,
  DeliveredRecord,
  HandlerConfig,
  HandlerContext,
  HandlerOptions,
  KafkaHandler,
  LambdaContext,
  PoisonPolicy,
  PoisonRecord,
  RecordHandler,
  Signal,
} from "./lambda/types.js";
export type { SideName } from "./side.js";
export type { Issue, StandardSchema, Verdict } from "./standard.js";
export type { AvroValue, KeyOf, Typed, ValueOf } from "./typed.js";
