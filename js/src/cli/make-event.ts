/** `kafkalens make-event`: an event from plain records, for tests and local invocations. */

import type { Config } from "../config.js";
import { type EventOptions, kafkaEvents, onFailure, type TestRecord } from "../entry/testing.js";
import { makeEventArguments, oneOf, UsageError } from "./args.js";
import { MAKE_EVENT_HELP } from "./help.js";
import type { Output } from "./output.js";
import { text } from "./reading.js";
import { type Configured, configuration, explained } from "./setup.js";
import { recordDocuments } from "./values.js";
import { building, given, writing } from "./writing.js";

type Arguments = ReturnType<typeof makeEventArguments>["values"];

/** What a record may say. */
const NAMES = ["topic", "partition", "offset", "timestamp", "timestampType", "headers", "key", "value"];

/** Runs it and gives the exit status. */
export function makeEvent(args: readonly string[], out: Output): number {
  const { values, positionals } = makeEventArguments(args);
  if (values.help === true) {
    out.text(MAKE_EVENT_HELP);
    return 0;
  }
  const configured = configuration(values);
  const destination = values["on-failure"];
  const place =
    destination === undefined ? undefined : oneOf("on-failure", destination, ["s3", "sqs", "sns"]);
  const events = kafkaEvents(configured.config, options(values, configured));
  try {
    const names = positionals.length === 0 ? ["-"] : positionals;
    const records = names.flatMap((name) =>
      recordDocuments(text(name)).map((document) => record(document, configured.config)),
    );
    const event = building(() =>
      values["self-managed"] === true ? events.selfManaged(records) : events.msk(records),
    );
    const made = place === undefined ? event : onFailure(event, { destination: place });
    out.text(`${JSON.stringify(made, null, 2)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    out.problem(explained(error));
    return 1;
  }
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
  const { key, value, headers, ...rest } = document as TestRecord;
  return {
    ...rest,
    ...(headers === undefined ? {} : { headers: headerPairs(headers) }),
    key: given("key", key, config),
    value: given("value", value, config),
  };
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
