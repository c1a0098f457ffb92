/** `kafkalens/confluent`: Confluent's schema registry as a schema source. */

export {
  checkReader,
  type ReaderQuestion,
  type ReaderReport,
  type ReaderVersion,
} from "../registry/check.js";
export { type ConfluentOptions, type ConfluentRegistry, confluentRegistry } from "../registry/confluent.js";
export type { SubjectContext, SubjectNaming } from "../registry/subject.js";
