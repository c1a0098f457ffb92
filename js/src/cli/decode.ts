/** `kafkalens decode`: events to a table or JSON Lines. */

import type { Batch, Decoder } from "../api.js";
import { payloads } from "../payloads.js";
import { items, members } from "../rawjson.js";
import { decodeArguments, type OutputFormat, oneOf } from "./args.js";
import { DECODE_HELP } from "./help.js";
import { type Output, writer } from "./output.js";
import { configuration, explained, files, makeDecoder, rawDecoder, text } from "./setup.js";

/** Runs it and gives the exit status. */
export function decode(args: readonly string[], out: Output): number {
  const given = decodeArguments(args);
  if (given.values.help === true) {
    out.text(DECODE_HELP);
    return 0;
  }
  const format = oneOf("format", given.values.format ?? (out.terminal ? "table" : "jsonl"), [
    "table",
    "jsonl",
  ]);
  const { config, schemas } = configuration(given.values);
  const decoder = makeDecoder(config, schemas);
  const names = files(given.positionals, out);
  const raw = rawDecoder(config);
  return decodeAll(names, { decoder, raw }, format, out) ? 0 : 1;
}

/** The decoder that was asked for, and one that leaves payloads as they are. */
interface Decoders {
  decoder: Decoder;
  raw: Decoder;
}

function decodeAll(
  names: readonly string[],
  { decoder, raw }: Decoders,
  format: OutputFormat,
  out: Output,
): boolean {
  const write = writer(format, out);
  const missing = new Set<string>();
  let good = true;
  for (const name of names) {
    try {
      const event = text(name);
      for (const reference of decoder.missingSchemas(event)) {
        missing.add(reference);
      }
      const records = items(members(decoder.decodeEventJson(event)).get("records")!);
      let bytes: Batch | undefined;
      write.event(records, () => {
        bytes ??= payloads(raw, event);
        return bytes;
      });
    } catch (error) {
      good = false;
      out.problem(`${name}: ${explained(error)}`);
    }
  }
  const failed = write.end();
  if (missing.size > 0) {
    const listed = [...missing].join(", ");
    out.problem(
      `schemas that were not given: ${listed}\ngive one by --value FORMAT:FILE, several by FILE@ID each`,
    );
  }
  return good && failed === 0;
}
