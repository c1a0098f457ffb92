/** `kafkalens decode`: events to a table or JSON Lines. */

import { readFileSync } from "node:fs";
import type { Batch, Decoder } from "../api.js";
import type { Config, LenientRule, SchemaDocument } from "../config.js";
import { createDecoderSync } from "../entry/node.js";
import { type DecodeError, isDecodeError } from "../errors.js";
import { PAYLOADS, payloads } from "../payloads.js";
import { items, members } from "../rawjson.js";
import {
  CHOICES,
  type DecodeArguments,
  decodeArguments,
  type OutputFormat,
  oneOf,
  UsageError,
} from "./args.js";
import { read, reason } from "./files.js";
import { expand } from "./glob.js";
import { DECODE_HELP } from "./help.js";
import { type Output, writer } from "./output.js";
import { side } from "./side.js";

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
  const { config, schemas } = configuration(given);
  const decoder = makeDecoder(config, schemas);
  const names = files(given.positionals, out);
  const raw = createDecoderSync({
    ...PAYLOADS,
    ...(config.limits === undefined ? {} : { limits: config.limits }),
  });
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

/** The files that were named, or standard input. */
function files(patterns: readonly string[], out: Output): string[] {
  if (patterns.length === 0) {
    if (out.inputIsTerminal) {
      throw new UsageError("expected an EVENT file, or an event on standard input");
    }
    return ["-"];
  }
  return patterns.flatMap((pattern) => {
    const found = expand(pattern);
    if (found.length === 0) {
      throw new UsageError(`no file matches ${pattern}`);
    }
    return found;
  });
}

function text(name: string): string {
  return readFileSync(name === "-" ? 0 : name, "utf8");
}

/** An event's own error, or why a file could not be read. */
function explained(error: unknown): string {
  if (!isDecodeError(error)) {
    if ((error as NodeJS.ErrnoException).code === undefined) {
      throw error;
    }
    return reason(error);
  }
  return problem(error);
}

function problem({ code, message, byteOffset, hint, frame }: DecodeError): string {
  const place = byteOffset === undefined ? "" : ` (byte ${byteOffset})`;
  const lines = [`${code}: ${message}${place}`, frame, hint && `hint: ${hint}`];
  return lines.filter(Boolean).join("\n").replaceAll("\n", "\n  ");
}

function makeDecoder(config: Config, schemas: readonly SchemaDocument[]): Decoder {
  try {
    const decoder = createDecoderSync(config);
    for (const schema of schemas) {
      decoder.addSchema(schema);
    }
    return decoder;
  } catch (error) {
    if (isDecodeError(error)) {
      throw new UsageError(problem(error));
    }
    throw error;
  }
}

/** The configuration that a file and the flags over it give. */
function configuration({ values }: DecodeArguments): { config: Config; schemas: SchemaDocument[] } {
  const config: Record<string, unknown> = values.config === undefined ? {} : parsed(values.config);
  const schemas: SchemaDocument[] = [];
  for (const name of ["key", "value"] as const) {
    const texts = values[name];
    const reader = values[`${name}-reader`];
    if (texts !== undefined) {
      const made = side(name, texts, reader);
      config[name] = made.side;
      schemas.push(...made.schemas);
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
  return { config: config as Config, schemas };
}

function parsed(file: string): Record<string, unknown> {
  try {
    return JSON.parse(read(file).toString("utf8")) as Record<string, unknown>;
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${file}: expected JSON`);
  }
}

function camel(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
