/** How subjects are named: which one holds the versions of a topic's schema. */

import { configError } from "../errors.js";
import type { SideName } from "../side.js";

/** What a subject's name is made of. */
export interface SubjectContext {
  /** The topic. */
  topic: string;
  /** The side. */
  side: SideName;
  /** The full name of the record or message, for the strategies that need it. */
  record?: string;
}

/**
 * How a serializer names subjects. `"topic"` (default): `TOPIC-key` or `TOPIC-value`; `"record"`: the record's full name;
 * `"topic-record"`: `TOPIC-` and that name; or a function.
 */
export type SubjectNaming = "topic" | "record" | "topic-record" | ((context: SubjectContext) => string);

/** A subject's name. */
export function subjectName(naming: SubjectNaming, context: SubjectContext): string {
  if (typeof naming === "function") {
    return naming(context);
  }
  const { topic, side, record } = context;
  if (naming === "topic") {
    return `${topic}-${side}`;
  }
  if (record === undefined) {
    throw configError(
      `expected the full name of the record for the subject naming "${naming}", found none`,
      "give it as `record`",
    );
  }
  return naming === "record" ? record : `${topic}-${record}`;
}
