/** `kafkalens/powertools/types`: in the place of `@aws-lambda-powertools/kafka/types`. */

export type {
  ConsumerRecord,
  ConsumerRecords,
  MSKEvent,
  ProtobufMessage,
  Record,
  RecordHeader,
  SchemaConfig,
  SchemaConfigValue,
  SchemaMetadata,
  SchemaType,
} from "../powertools/types.js";
