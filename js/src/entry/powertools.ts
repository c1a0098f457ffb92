/** `kafkalens/powertools`: in the place of `@aws-lambda-powertools/kafka`. */

export { SchemaType } from "../powertools/constants.js";
export { kafkaConsumer } from "../powertools/consumer.js";
