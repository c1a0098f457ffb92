/** What the arguments of several commands have in common: events, and a decoder for them. */

import type { Batch, Decoder } from "../api.js";
import type { Config, LenientRule, SchemaDocument, SchemaSource } from "../config.js";
import { createDecoder, createDecoderSync } from "../entry/node.js";
import { isDecodeError } from "../errors.js";
import { PAYLOADS, payload } from "../payloads.js";
import { SIDES, type SideName } from "../side.js";
import { CHOICES, type DecoderArguments, oneOf, UsageError } from "./args.js";
import { readText, unreadable } from "./files.js";
import { expand } from "./glob.js";
import type { Output } from "./output.js";
import { problem, usage } from "./problems.js";
import { side } from "./side.js";
import { fileName } from "./view.js";

/** The files that were named, or standard input. */
export function files(patterns: readonly string[], out: Output): string[] {
  if (patterns.length === 0) {
    if (out.inputIsTerminal) {
      throw new UsageError("expected an EVENT file, or an event on standard input");
    }
    return ["-"];
  }
  return patterns.flatMap((pattern) => {
    const found = expand(pattern);
    // What matches no file is told as one that isn't there: when it is read.
    return found.length === 0 ? [pattern] : found;
  });
}

/** The records of an event, none where they are only named. */
export type Records = Batch | readonly never[];

/** A record's place, as an argument says it. */
export function placeOf(word: string | undefined): number | undefined {
  if (word !== undefined && !/^\d{1,9}$/.test(word)) {
    throw new UsageError(`--record: expected a record's place from 0, found \`${word}\``);
  }
  return word === undefined ? undefined : Number(word);
}

/** The first record that has a payload. */
export function firstOf(records: Records, side: SideName): number | undefined {
  for (let index = 0; index < records.length; index++) {
    if (payload(records, index, side) !== undefined) {
      return index;
    }
  }
  return undefined;
}

/** The lines that tell what is wrong with the data of a file: its own error, or why it could not be read. */
export function explained(file: string, error: unknown): string {
  if (isDecodeError(error)) {
    return `${fileName(file)}: ${problem(error)}`;
  }
  if ((error as NodeJS.ErrnoException).code === undefined) {
    throw error;
  }
  return unreadable(file, error);
}

/** A decoder with these schemas and what a source gives; what is wrong with the former is the caller's. */
export async function makeDecoder(
  config: Config,
  schemas: readonly SchemaDocument[],
  source?: SchemaSource,
): Promise<Decoder> {
  try {
    const decoder = await createDecoder(source === undefined ? config : { ...config, schemas: source });
    for (const schema of schemas) {
      decoder.addSchema(schema);
    }
    return decoder;
  } catch (error) {
    throw usage(error);
  }
}

/** A decoder that leaves payloads as they are, within the same limits. */
export function rawDecoder({ limits }: Config): Decoder {
  return createDecoderSync({ ...PAYLOADS, ...(limits === undefined ? {} : { limits }) });
}

/** A configuration, and the schemas of one id each that its sides were given. */
export interface Configured {
  config: Config;
  schemas: SchemaDocument[];
  bySide: { key: SchemaDocument[]; value: SchemaDocument[] };
}

/** The configuration that a file and the flags over it give. */
export function configuration(values: DecoderArguments): Configured {
  const config: Record<string, unknown> = values.config === undefined ? {} : parsed(values.config);
  const bySide: Configured["bySide"] = { key: [], value: [] };
  for (const name of SIDES) {
    const texts = values[name];
    const reader = values[`${name}-reader`];
    if (texts !== undefined) {
      const made = side(name, texts, reader);
      config[name] = made.side;
      bySide[name] = made.schemas;
    } else if (reader !== undefined) {
      throw new UsageError(`--${name}-reader: expected --${name} beside it`);
    }
  }
  for (const flag of Object.keys(CHOICES) as (keyof typeof CHOICES)[]) {
    const word = values[flag];
    if (word !== undefined) {
      config[camel(flag)] = oneOf<string>(flag, word, CHOICES[flag]);
    }
  }
  if (values.lenient !== undefined) {
    config.lenient = values.lenient.flatMap((rules) => rules.split(",")) as LenientRule[];
  }
  return { config: config as Config, schemas: [...bySide.key, ...bySide.value], bySide };
}

function parsed(file: string): Record<string, unknown> {
  const text = readText(file);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new UsageError(`${fileName(file)}: expected JSON`);
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new UsageError(`${fileName(file)}: expected a configuration, an object, found another document`);
  }
  return document as Record<string, unknown>;
}

function camel(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
