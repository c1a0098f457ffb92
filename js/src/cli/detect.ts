/** `kafkalens detect`: what an event is, and how its payloads may be read. */

import type { Batch, Decoder } from "../api.js";
import type { Envelope, Reading } from "../diagnosis.js";
import { payload, payloads } from "../payloads.js";
import { detectArguments, oneOf, UsageError } from "./args.js";
import { DETECT_HELP } from "./help.js";
import { type Output, visible } from "./output.js";
import { configuration, explained, files, makeDecoder, rawDecoder, text } from "./setup.js";

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

/** The records of an event, none where they are only named. */
type Records = Batch | readonly never[];

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
      out.text(format === "json" ? `${JSON.stringify(found)}\n` : told(found, records, out));
    } catch (error) {
      out.problem(`${name}: ${explained(error)}`);
      status = 1;
    }
  }
  return status;
}

function placeOf(word: string | undefined): number | undefined {
  if (word !== undefined && !/^\d{1,9}$/.test(word)) {
    throw new UsageError(`--record: expected a record's place from 0, found \`${word}\``);
  }
  return word === undefined ? undefined : Number(word);
}

function sidesOf(event: string, decoder: Decoder, records: Records, place?: number): Found[] {
  return (["value", "key"] as const).flatMap((side): Found[] => {
    const record = place ?? firstOf(records, side);
    if (record === undefined || record >= records.length) {
      return [];
    }
    return [{ side, record, readings: decoder.detect(event, side, record) }];
  });
}

/** The first record that has a payload. */
function firstOf(records: Records, side: "key" | "value"): number | undefined {
  for (let index = 0; index < records.length; index++) {
    if (payload(records, index, side) !== undefined) {
      return index;
    }
  }
  return undefined;
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
