/** `kafkalens/powertools/errors`: in the place of `@aws-lambda-powertools/kafka/errors`. */

export {
  KafkaConsumerDeserializationError,
  KafkaConsumerError,
  KafkaConsumerMissingSchemaError,
  KafkaConsumerParserError,
} from "../powertools/errors.js";
