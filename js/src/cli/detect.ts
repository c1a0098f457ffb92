/** `kafkalens detect`: what an event is, and how its payloads may be read. */

import type { Batch, Decoder } from "../api.js";
import type { Envelope, Reading } from "../diagnosis.js";
import { DecodeError } from "../errors.js";
import { payloads } from "../payloads.js";
import { detectArguments, oneOf } from "./args.js";
import { DETECT_HELP } from "./help.js";
import { type Output, visible } from "./output.js";
import {
  configuration,
  explained,
  files,
  firstOf,
  makeDecoder,
  placeOf,
  problem,
  type Records,
  rawDecoder,
  text,
} from "./setup.js";

/** What is told of one event. */
interface Finding {
  event: string;
  envelope: Envelope;
  sides: Found[];
}

/** The readings of one payload. */
interface Found {
  side: "key" | "value";
  record: number;
  readings: Reading[];
}

/** Runs it and gives the exit status. */
export function detect(args: readonly string[], out: Output): number {
  const { values, positionals } = detectArguments(args);
  if (values.help === true) {
    out.text(DETECT_HELP);
    return 0;
  }
  const format = oneOf("format", values.format ?? (out.terminal ? "text" : "json"), ["text", "json"]);
  const place = placeOf(values.record);
  const { config, schemas } = configuration(values);
  const decoder = makeDecoder(config, schemas);
  const raw = rawDecoder(config);
  let status = 0;
  for (const name of files(positionals, out)) {
    try {
      const event = text(name);
      const envelope = decoder.envelope(event);
      const records = envelope.records > 0 ? payloads(raw, event) : [];
      const found = { event: name, envelope, sides: sidesOf(event, decoder, records, place) };
      if (isNothing(envelope)) {
        out.problem(`${name}: ${problem(new DecodeError(envelope.parts[0]!.error!))}`);
        status = 1;
        continue;
      }
      out.text(format === "json" ? `${JSON.stringify(found)}\n` : told(found, records, out));
    } catch (error) {
      out.problem(`${name}: ${explained(error)}`);
      status = 1;
    }
  }
  return status;
}

/** Whether nothing in what was given is or names a record. */
function isNothing({ parts }: Envelope): boolean {
  return parts.length > 0 && parts.every(({ error }) => error !== undefined);
}

function sidesOf(event: string, decoder: Decoder, records: Records, place?: number): Found[] {
  return (["value", "key"] as const).flatMap((side): Found[] => {
    const record = place ?? firstOf(records, side);
    if (record === undefined || record >= records.length) {
      return [];
    }
    const readings = decoder.detect(event, side, record);
    // Where there is no payload, nothing can be told of it.
    return readings.length === 0 ? [] : [{ side, record, readings }];
  });
}

function told({ event, envelope, sides }: Finding, records: Records, out: Output): string {
  const count = `${envelope.records} record${envelope.records === 1 ? "" : "s"}`;
  const lines = [out.paint("bold", `${visible(event)}: ${envelope.kind}, ${count}`)];
  const commands = envelope.parts.flatMap(({ partitions }) =>
    partitions.flatMap(({ command }) => command ?? []),
  );
  lines.push(...(commands.length > 0 ? ["  the records are only named; these read them:"] : []));
  lines.push(...commands.map((command) => `    ${visible(command)}`));
  for (const { side, record, readings } of sides) {
    const { topic, partition, offset } = (records as Batch).at(record)!;
    lines.push(`  ${side} of ${visible(topic ?? "?")}-${partition ?? "?"}@${offset ?? "?"}`);
    for (const { framing, format, schema, confidence, reason } of readings) {
      const what = [framing === "none" ? "" : framing, format ?? "?"].filter(Boolean).join("+");
      const named = schema === undefined ? "" : `  ${schema}`;
      lines.push(
        `    ${Math.round(confidence * 100)
          .toString()
          .padStart(3)} %  ${what}${named}`,
        `           ${reason}`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}
