/** The payloads of what is inspected: how each may be read, what they hold, and which schemas are missing. */

import type { Batch, Decoder } from "../api.js";
import { stringify } from "../canonical.js";
import type { Config, SchemaDocument, SchemaSource } from "../config.js";
import type { Reading } from "../diagnosis.js";
import { isDecodeError } from "../errors.js";
import { payload, payloads } from "../payloads.js";
import { SIDES, type SideName } from "../side.js";
import { count } from "./amounts.js";
import { aligned } from "./columns.js";
import { contentLines, isText, textLines } from "./content.js";
import { nameOf, readingLines } from "./finding.js";
import { FOLDER, type Missing, missingLines, regionOf } from "./missing.js";
import type { Output } from "./output.js";
import { makeDecoder } from "./setup.js";
import type { SourceArguments } from "./sources.js";
import { recordName, shellWord } from "./view.js";

/** Records whose payloads are looked at. */
const MOST_RECORDS = 20;
/** From here on a reading is worth fetching its schema. */
const LIKELY = 0.5;
/** Payloads that are shown. */
const MOST_SHOWN = 8;
const INDENT = "  ";

/** What all files have in common. */
export interface Tools {
  decoder: Decoder;
  raw: Decoder;
  config: Config;
  /** The schemas of one id each. */
  schemas: readonly SchemaDocument[];
  source: SchemaSource | undefined;
  given: SourceArguments;
  out: Output;
}

/** A payload, and how it may be read. */
interface Seen {
  side: SideName;
  record: number;
  bytes: Uint8Array;
  readings: Reading[];
}

/** The payloads of an event: each by its likeliest reading, one of each kind in full, and what is missing. */
export async function payloadLines(
  event: string,
  total: number,
  tools: Tools,
  name: string,
): Promise<string[]> {
  const { decoder, raw, source, given, out } = tools;
  const records = payloads(raw, event);
  let seen = looked(event, records, decoder);
  const named = new Map(seen.flatMap(({ readings }) => missingOf(readings[0])));
  const region = given.glue ?? (named.size > 0 ? regionOf(decoder.envelope(event)) : undefined);
  const missing = await unfetched([...named.values()], source, decoder);
  if (missing.length < named.size) {
    seen = looked(event, records, decoder);
  }
  const lines = ["", ...rows(seen, records, out), ...more(total)];
  for (const one of firstOfEach(seen)) {
    lines.push(
      "",
      out.paint(
        "bold",
        `  ${one.side} of ${recordName(records.at(one.record)!)}, ${count(one.bytes.length, "byte")}`,
      ),
    );
    lines.push(...one.readings.flatMap(readingLines));
    lines.push(...(await shown(event, one, tools)).map((line) => `    ${line}`));
  }
  if (missing.length > 0) {
    lines.push(
      "",
      "schemas that are missing, and what fetches them:",
      ...missingLines(
        missing.map((one) => ({ ...one, region })),
        given.registry,
      ),
    );
    lines.push(`then: kafkalens ${shellWord(name)} --schema-dir ${FOLDER}`);
  }
  return lines;
}

/** The payloads of the first records. */
function looked(event: string, records: Batch, decoder: Decoder): Seen[] {
  const seen: Seen[] = [];
  for (let record = 0; record < Math.min(records.length, MOST_RECORDS); record++) {
    for (const side of SIDES) {
      const bytes = payload(records, record, side);
      if (bytes !== undefined) {
        seen.push({ side, record, bytes, readings: decoder.detect(event, side, record) });
      }
    }
  }
  return seen;
}

/** What the likeliest reading lacks: a schema that it names, and that hasn't let the payload decode. */
function missingOf(reading: Reading | undefined): [string, Missing][] {
  const { schema, format, decodes, confidence = 0 } = reading ?? {};
  return schema === undefined || decodes === true || confidence < LIKELY
    ? []
    : [[schema, { reference: schema, format }]];
}

/** Fetches schemas for the decoder and gives those that could not be had, with the reason. */
async function unfetched(
  named: readonly Missing[],
  source: SchemaSource | undefined,
  decoder: Decoder,
): Promise<Missing[]> {
  if (source === undefined) {
    return [...named];
  }
  const missing: Missing[] = [];
  for (const one of named) {
    try {
      decoder.addSchema(await source.fetch(one.reference));
    } catch (error) {
      if (!isDecodeError(error)) {
        throw error;
      }
      // That a source isn't meant for it says nothing.
      missing.push(error.code === "SOURCE_UNSUPPORTED" ? one : { ...one, why: error });
    }
  }
  return missing;
}

/** A line for each record. */
function rows(seen: readonly Seen[], records: Batch, out: Output): string[] {
  const cell = (record: number, side: SideName) => {
    const one = seen.find((other) => other.record === record && other.side === side);
    return one === undefined
      ? "–"
      : `${one.readings[0] === undefined ? "?" : nameOf(one.readings[0])} ${one.bytes.length} B`;
  };
  const shown = Math.min(records.length, MOST_RECORDS);
  const cells = Array.from({ length: shown }, (_, i) => [
    recordName(records.at(i)!),
    cell(i, "key"),
    cell(i, "value"),
  ]);
  const all = [["RECORD", "KEY", "VALUE"], ...cells];
  // Only a terminal breaks lines.
  return aligned(all, out.terminal ? out.width - INDENT.length : undefined).map((row) => `${INDENT}${row}`);
}

function more(total: number): string[] {
  return total > MOST_RECORDS ? [`  … and ${count(total - MOST_RECORDS, "record")} more`] : [];
}

/** The first payload of each kind: of a side, a reading and a schema. */
function firstOfEach(seen: readonly Seen[]): Seen[] {
  const kinds = new Map<string, Seen>();
  for (const one of seen) {
    const { framing, format, schema } = one.readings[0] ?? {};
    const kind = [one.side, framing, format, schema].join();
    if (!kinds.has(kind)) {
      kinds.set(kind, one);
    }
  }
  return [...kinds.values()].slice(0, MOST_SHOWN);
}

/** What a payload holds: decoded where its schema is at hand. */
async function shown(
  event: string,
  { side, record, bytes, readings }: Seen,
  tools: Tools,
): Promise<string[]> {
  const [reading] = readings;
  if (reading?.decodes === true && reading.format !== undefined && !isText(reading)) {
    // Criteria would drop records: what is left would stand at other places than theirs.
    const {
      config: { where: _, ...config },
      schemas,
      source,
    } = tools;
    // With local schemas the configured side is what decodes.
    const configured = config[side];
    const read = {
      ...(configured ?? { format: reading.format }),
      framing: reading.framing,
    } as Config["value"];
    const decoder = await makeDecoder({ ...config, [side]: read }, schemas, source);
    await decoder.prepare(event);
    const result = decoder.decodeEvent(event).at(record)![`${side}Result`];
    if (result.ok) {
      return textLines(stringify(result.value));
    }
  }
  return contentLines(bytes, reading, tools);
}
