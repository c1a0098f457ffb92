/** `kafkalens make-event`: an event from plain records, for tests and local invocations. */

import type { Config } from "../config.js";
import { type EventOptions, onFailure, type TestRecord } from "../entry/testing.js";
import { isDecodeError } from "../errors.js";
import { checkedRecord } from "../testing/rules.js";
import { type Arguments as ArgumentsOf, argumentsOf, oneOf } from "./args.js";
import { MAKE_EVENT_HELP } from "./help.js";
import type { Output } from "./output.js";
import { problem } from "./problems.js";
import { text } from "./reading.js";
import { type Configured, configuration, explained } from "./setup.js";
import { recordDocuments } from "./values.js";
import { builder, building, given, writing } from "./writing.js";

type Arguments = ArgumentsOf<"make-event">["values"];

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
      records.push(...recordDocuments(text(name)).map((document, index) => record(document, index, config)));
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

/** The record that a document is. */
function record(document: unknown, index: number, config: Config): TestRecord {
  const { key, value, ...rest } = checkedRecord(document as TestRecord, index);
  return { ...rest, key: given("key", key, config), value: given("value", value, config) };
}
