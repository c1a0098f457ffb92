/** `kafkalens encode`: values to payloads, framing included. */

import type { Config } from "../config.js";
import { written } from "../entry/testing.js";
import { argumentsOf, oneOf, UsageError } from "./args.js";
import { ENCODE_HELP } from "./help.js";
import type { Output } from "./output.js";
import { text } from "./reading.js";
import { configuration, explained } from "./setup.js";
import { documents } from "./values.js";
import { builder, building, given, writing } from "./writing.js";

/** Runs it and gives the exit status. */
export function encode(args: readonly string[], out: Output): number {
  const { values, positionals } = argumentsOf("encode", args);
  if (values.help === true) {
    out.text(ENCODE_HELP);
    return 0;
  }
  const format = oneOf("format", values.format ?? "base64", ["base64", "hex", "raw"]);
  const { config, bySide } = configuration(values);
  if (config.value === undefined || config.key !== undefined) {
    throw new UsageError("expected --value SIDE: what the value is encoded as");
  }
  const events = builder(config, { value: writing("value", values, bySide) });
  const payloads: Buffer[] = [];
  let status = 0;
  for (const name of positionals.length === 0 ? ["-"] : positionals) {
    try {
      const records = documents(text(name)).map((value) => ({ value: encodable(value, config) }));
      const { "topic-0": built = [] } = building(() => events.msk(records)).records;
      payloads.push(...built.map(({ value }) => Buffer.from(value ?? "", "base64")));
    } catch (error) {
      out.problem(explained(name, error));
      status = 1;
    }
  }
  if (format !== "raw") {
    out.text(payloads.map((payload) => `${payload.toString(format)}\n`).join(""));
  } else if (payloads.length > 1) {
    throw new UsageError("--format raw: expected one value");
  } else {
    out.bytes(Buffer.concat(payloads));
  }
  return status;
}

/** A value for the encoder. Null too is one here: in a record it would be a tombstone, which has no payload. */
function encodable(value: unknown, config: Config): unknown {
  return value === null ? written(null, {}) : given("value", value, config);
}
