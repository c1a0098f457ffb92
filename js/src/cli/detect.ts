/** `kafkalens detect`: what an event is, and how its payloads may be read. */

import type { Batch } from "../api.js";
import { payloads } from "../payloads.js";
import { detectArguments, oneOf, UsageError } from "./args.js";
import {
  commandLines,
  type Finding,
  headline,
  placeOf,
  type Records,
  readingLines,
  sidesOf,
} from "./finding.js";
import { DETECT_HELP } from "./help.js";
import type { Output } from "./output.js";
import { configuration, explained, files, makeDecoder, rawDecoder, text } from "./setup.js";
import { schemaSource } from "./sources.js";

/** Runs it and gives the exit status. */
export async function detect(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = detectArguments(args);
  if (values.help === true) {
    out.text(DETECT_HELP);
    return 0;
  }
  const format = oneOf("format", values.format ?? (out.terminal ? "text" : "json"), ["text", "json"]);
  const place = recordNumber(values.record);
  const { config, schemas } = configuration(values);
  const decoder = await makeDecoder(config, schemas, schemaSource(values));
  const raw = rawDecoder(config);
  let status = 0;
  for (const name of files(positionals, out)) {
    try {
      const event = text(name);
      await decoder.prepare(event);
      const envelope = decoder.envelope(event);
      const records = envelope.records > 0 ? payloads(raw, event) : [];
      const found = { event: name, envelope, sides: sidesOf(event, decoder, records, place) };
      out.text(format === "json" ? `${JSON.stringify(found)}\n` : told(found, records, out));
    } catch (error) {
      out.problem(`${name}: ${explained(error)}`);
      status = 1;
    }
  }
  return status;
}

function recordNumber(word: string | undefined): number | undefined {
  if (word !== undefined && !/^\d{1,9}$/.test(word)) {
    throw new UsageError(`--record: expected a record's place from 0, found \`${word}\``);
  }
  return word === undefined ? undefined : Number(word);
}

function told({ event, envelope, sides }: Finding, records: Records, out: Output): string {
  const lines = [headline(event, envelope, out), ...commandLines(envelope)];
  for (const { side, record, readings } of sides) {
    lines.push(`  ${side} of ${placeOf((records as Batch).at(record)!)}`, ...readings.flatMap(readingLines));
  }
  return `${lines.join("\n")}\n`;
}
