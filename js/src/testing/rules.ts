/** What the testing kit may be given: a misspelt name would make another event than the test is meant for. */

import {
  checked,
  checkedNames,
  isObject,
  kindOf,
  NAME,
  Page,
  type Rule,
  type Rules,
  requireAllowed,
  rule,
  whole,
  words,
} from "../rules.js";
import { SIDES } from "../side.js";
import type { EventOptions, FailureOptions, TestRecord, Writing } from "./types.js";

const PAGE = Page.Testing;

const BOOLEAN = rule("true or false", (value) => typeof value === "boolean");

/** What is looked at elsewhere, or may be anything. */
const ANYTHING = rule("anything", () => true);

const WRITING: Rules<Writing> = {
  schema: rule("a schema", (value) => typeof value === "string" || isObject(value) || Array.isArray(value)),
  references: rule("an array of schemas", Array.isArray),
  message: NAME,
  id: rule("a number or a string", (value) => typeof value === "number" || typeof value === "string"),
  idInHeader: BOOLEAN,
  compressed: BOOLEAN,
};

const EVENT: Rules<EventOptions> = {
  topic: NAME,
  key: ANYTHING,
  value: ANYTHING,
  eventRecordFormat: words(["SOURCE", "JSON"]),
};

const FAILURE: Rules<FailureOptions> = {
  destination: words(["s3", "sqs", "sns"]),
  condition: words(["RetryAttemptsExhausted", "MaximumPayloadSizeExceeded"]),
};

const RECORD: Rules<TestRecord> = {
  topic: NAME,
  partition: whole(0, 2 ** 31 - 1),
  // Beyond it numbers aren't exact, and the next record's offset is one more.
  offset: whole(0, Number.MAX_SAFE_INTEGER - 1),
  // Beyond it no calendar of JavaScript goes.
  timestamp: rule(
    "milliseconds since 1970, a whole number",
    (value) => Number.isInteger(value) && Math.abs(value as number) < 8.64e15,
  ),
  timestampType: words(["CREATE_TIME", "LOG_APPEND_TIME"]),
  headers: {
    expected: "an array of pairs, each of a name and a text, bytes or null",
    fault: (value) =>
      !Array.isArray(value) ? kindOf(value) : value.every(isHeader) ? undefined : "another item in it",
  },
  key: ANYTHING,
  value: ANYTHING,
};

const RECORDS: Rule = { ...rule("an array of records", Array.isArray), required: true };
const ONE: Rule = { ...rule("an object such as `{ key, value }`", isObject), required: true };
const PAYLOAD: Rule = {
  ...rule("a string or a Uint8Array", (value) => typeof value === "string" || value instanceof Uint8Array),
  required: true,
};
const MADE: Rule = {
  ...rule("one of `kafkaEvents`", (value) => isObject((value as { records?: unknown } | null)?.records)),
  required: true,
};

function isHeader(pair: unknown): boolean {
  if (!Array.isArray(pair) || pair.length !== 2) {
    return false;
  }
  const [name, value] = pair as unknown[];
  return (
    typeof name === "string" && (value === null || typeof value === "string" || value instanceof Uint8Array)
  );
}

/** How events are built, if it is said in a way that is known. */
export function checkedOptions(options: EventOptions): EventOptions {
  checked("kafkaEvents", options, EVENT, PAGE);
  for (const side of SIDES) {
    if (options[side] !== undefined) {
      checked(`kafkaEvents for \`${side}\``, options[side], WRITING, PAGE);
    }
  }
  return options;
}

/** How a value is written. */
export function checkedWriting(writing: Writing): Writing {
  return checked("written", writing, WRITING, PAGE);
}

/** Records to be built. */
export function checkedRecords(records: readonly TestRecord[]): readonly TestRecord[] {
  requireAllowed("the records", records, RECORDS, PAGE);
  return records.map(checkedRecord);
}

/** A record to be built, and its place among them. */
export function checkedRecord(record: TestRecord, index: number): TestRecord {
  const of = `record ${index}`;
  requireAllowed(of, record, ONE, PAGE);
  return checkedNames(of, record, RECORD, PAGE);
}

/** Bytes that are a payload. */
export function requirePayload(bytes: unknown): void {
  requireAllowed("the payload of raw", bytes, PAYLOAD, PAGE);
}

/** What is told of a failure, and of which event. */
export function checkedFailure(event: unknown, options: FailureOptions): FailureOptions {
  requireAllowed("the event of onFailure", event, MADE, PAGE);
  return checked("onFailure", options, FAILURE, PAGE);
}
