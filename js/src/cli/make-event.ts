/** `kafkalens make-event`: an event from plain records, for tests and local invocations. */

import type { Config } from "../config.js";
import { type EventOptions, onFailure, type TestRecord } from "../entry/testing.js";
import { isDecodeError } from "../errors.js";
import { type Arguments as ArgumentsOf, argumentsOf, oneOf, UsageError } from "./args.js";
import { MAKE_EVENT_HELP } from "./help.js";
import type { Output } from "./output.js";
import { text } from "./reading.js";
import { type Configured, configuration, explained, problem } from "./setup.js";
import { recordDocuments } from "./values.js";
import { builder, building, given, writing } from "./writing.js";

type Arguments = ArgumentsOf<"make-event">["values"];

/** What the parts of a record that stand as they are must be. */
const PARTS: Readonly<Record<string, readonly [expected: string, fits: (part: unknown) => boolean]>> = {
  topic: ["a text", (part) => typeof part === "string" && part !== ""],
  partition: ["an integer from 0 to 2147483647", (part) => isCount(part) && part < 2 ** 31],
  // Beyond it JSON's integers aren't exact, and the next record's offset is one more.
  offset: [
    "an integer from 0 to 9007199254740990",
    (part) => isCount(part) && part < Number.MAX_SAFE_INTEGER,
  ],
  // Beyond it no calendar of JavaScript goes.
  timestamp: [
    "milliseconds since 1970, an integer",
    (part) => Number.isInteger(part) && Math.abs(part as number) < 8.64e15,
  ],
  timestampType: [
    "CREATE_TIME or LOG_APPEND_TIME",
    (part) => part === "CREATE_TIME" || part === "LOG_APPEND_TIME",
  ],
};

/** What a record may say. */
const NAMES = [...Object.keys(PARTS), "headers", "key", "value"];

/** Runs it and gives the exit status. */
export function makeEvent(args: readonly string[], out: Output): number {
  const { values, positionals } = argumentsOf("make-event", args);
  if (values.help === true) {
    out.text(MAKE_EVENT_HELP);
    return 0;
  }
  const configured = configuration(values);
  const destination = values["on-failure"];
  const place =
    destination === undefined ? undefined : oneOf("on-failure", destination, ["s3", "sqs", "sns"]);
  const events = builder(configured.config, options(values, configured));
  const names = positionals.length === 0 ? ["-"] : positionals;
  const records = recordsOf(names, configured.config, out);
  if (records === undefined) {
    return 1;
  }
  try {
    const event = building(() =>
      values["self-managed"] === true ? events.selfManaged(records) : events.msk(records),
    );
    const made = place === undefined ? event : onFailure(event, { destination: place });
    out.text(`${JSON.stringify(made, null, 2)}\n`);
    return 0;
  } catch (error) {
    if (!isDecodeError(error)) {
      throw error;
    }
    out.problem(problem(error));
    return 1;
  }
}

/** The records of all files; undefined where one could not be read, for an event without some of them would be another. */
function recordsOf(names: readonly string[], config: Config, out: Output): TestRecord[] | undefined {
  const records: TestRecord[] = [];
  for (const name of names) {
    try {
      records.push(...recordDocuments(text(name)).map((document) => record(document, config)));
    } catch (error) {
      out.problem(explained(name, error));
      return undefined;
    }
  }
  return records;
}

function options(values: Arguments, { bySide }: Configured): EventOptions {
  const format = values["record-format"]?.toUpperCase();
  return {
    ...(values.topic === undefined ? {} : { topic: values.topic }),
    ...(format === undefined
      ? {}
      : { eventRecordFormat: oneOf("record-format", format, ["SOURCE", "JSON"]) }),
    key: writing("key", values, bySide),
    value: writing("value", values, bySide),
  };
}

/** A record as it was written, checked. */
function record(document: unknown, config: Config): TestRecord {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new UsageError('expected a record such as {"key": …, "value": …}, found another document');
  }
  const unknown = Object.keys(document).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`expected a record's ${NAMES.join(", ")}, found \`${unknown}\``);
  }
  for (const [name, [expected, fits]] of Object.entries(PARTS)) {
    const part = (document as Record<string, unknown>)[name];
    if (part !== undefined && !fits(part)) {
      throw new UsageError(`expected a record's ${name} to be ${expected}, found something else`);
    }
  }
  const { key, value, headers, ...rest } = document as TestRecord;
  return {
    ...rest,
    ...(headers === undefined ? {} : { headers: headerPairs(headers) }),
    key: given("key", key, config),
    value: given("value", value, config),
  };
}

function isCount(part: unknown): part is number {
  return Number.isSafeInteger(part) && (part as number) >= 0;
}

function headerPairs(headers: unknown): [string, string | null][] {
  const isPair = (pair: unknown) =>
    Array.isArray(pair) &&
    pair.length === 2 &&
    typeof pair[0] === "string" &&
    (typeof pair[1] === "string" || pair[1] === null);
  if (!Array.isArray(headers) || !headers.every(isPair)) {
    throw new UsageError("expected a record's headers as [[name, text], …], found another form");
  }
  return headers;
}
