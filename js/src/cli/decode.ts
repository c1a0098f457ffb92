/** `kafkalens decode`: events to a table or JSON Lines. */

import type { Decoder } from "../api.js";
import type { Config } from "../config.js";
import { once } from "../once.js";
import { items, members } from "../rawjson.js";
import { amount } from "./amounts.js";
import { argumentsOf, type OutputFormat, oneOf } from "./args.js";
import { DECODE_HELP } from "./help.js";
import { Lines } from "./lines.js";
import { FOLDER, type Missing, missingLines, regionOf } from "./missing.js";
import type { Output } from "./output.js";
import { Progress } from "./progress.js";
import { SHARES, text, written } from "./reading.js";
import { configuration, explained, files, makeDecoder } from "./setup.js";
import { type SourceArguments, schemaSource } from "./sources.js";
import { Table } from "./table.js";

/** Runs it and gives the exit status. */
export async function decode(args: readonly string[], out: Output): Promise<number> {
  const given = argumentsOf("decode", args);
  if (given.values.help === true) {
    out.text(DECODE_HELP);
    return 0;
  }
  const format = oneOf("format", given.values.format ?? (out.terminal ? "table" : "jsonl"), [
    "table",
    "jsonl",
  ]);
  const { config, schemas } = configuration(given.values);
  const decoder = await makeDecoder(config, schemas, schemaSource(given.values));
  const names = files(given.positionals, out);
  const missing = new Map<string, Missing>();
  const work = { decoder, missing, format: registered(config), region: given.values.glue };
  const good = await decodeAll(names, work, format, out);
  tellMissing([...missing.values()], given.values, out);
  return good ? 0 : 1;
}

/** What all events have in common. */
interface Work {
  /** The decoder that was asked for. */
  decoder: Decoder;
  /** The schemas that could not be had, by their references. */
  missing: Map<string, Missing>;
  /** The format that needs them. */
  format: string | undefined;
  /** The AWS region where they are looked for. */
  region: string | undefined;
}

/** The format whose schemas registries have: the value's, where both sides have one. */
function registered({ key, value }: Config): string | undefined {
  return [value, key].find((side) => side?.format === "avro" || side?.format === "protobuf")?.format;
}

async function decodeAll(
  names: readonly string[],
  { decoder, missing, format, region }: Work,
  output: OutputFormat,
  out: Output,
): Promise<boolean> {
  const write = output === "table" ? new Table(out) : new Lines(out);
  const progress = new Progress(names.length, out);
  let good = true;
  for (const name of names) {
    progress.next(name);
    try {
      const event = text(name, progress);
      progress.tell(amount(event.length), SHARES.read);
      await decoder.prepare(event);
      for (const reference of decoder.missingSchemas(event)) {
        missing.set(reference, { reference, format, region: region ?? regionOf(decoder.envelope(event)) });
      }
      progress.tell(amount(event.length), SHARES.read);
      const records = items(members(decoder.decodeEventJson(event)).get("records")!);
      // Decoded by the same decoder: criteria of the configuration drop the same records.
      const batch = once(() => decoder.decodeEvent(event));
      write.event(records, batch, (done) => {
        progress.tell(...written(done, records.length));
      });
    } catch (error) {
      good = false;
      out.problem(explained(name, error));
    }
  }
  progress.clear();
  return write.end() === 0 && good;
}

function tellMissing(missing: readonly Missing[], { registry }: SourceArguments, out: Output): void {
  if (missing.length > 0) {
    const lines = missingLines(missing, registry);
    out.problem(["schemas that are missing, and what fetches them:", ...lines].join("\n"));
    out.problem(
      `then add --schema-dir ${FOLDER}; or give one file by --value FORMAT:FILE, several by FILE@ID each`,
    );
  }
}
