/** `kafkalens/glue`: the AWS Glue Schema Registry as a schema source. */

export { type GlueClientLike, type GlueOptions, glueRegistry } from "../registry/glue.js";
