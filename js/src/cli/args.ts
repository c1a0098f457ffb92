/** The command line's arguments, and the error for those that are none. */

import { parseArgs } from "node:util";
import { nearest } from "../nearest.js";

/** What is wrong with how the program was called: exit status 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** How the output looks. */
export type OutputFormat = "table" | "jsonl";

/** Each option of the decoder that takes one word, by its flag. */
export const CHOICES = {
  dialect: ["plain", "avro-json", "protojson"],
  int64: ["bigint", "number", "auto", "string"],
  bytes: ["base64", "hex", "latin1"],
  unions: ["plain", "tagged", "auto"],
  decimals: ["string", "raw"],
  timestamps: ["iso", "epoch", "date"],
  "field-names": ["json", "declared", "camel", "snake"],
  defaults: ["include", "omit", "all"],
  "unknown-fields": ["drop", "keep"],
  "message-index": ["warn", "verify", "ignore"],
} as const;

const text = { type: "string" } as const;
const list = { type: "string", multiple: true } as const;
/** The options of a decoder. */
const DECODER = {
  key: list,
  value: list,
  "key-reader": text,
  "value-reader": text,
  lenient: list,
  config: text,
  registry: text,
  glue: text,
  "schema-dir": text,
  ...(Object.fromEntries(Object.keys(CHOICES).map((name) => [name, text])) as Record<
    keyof typeof CHOICES,
    typeof text
  >),
} as const;
const COMMON = { format: text, help: { type: "boolean", short: "h" } } as const;
const flag = { type: "boolean" } as const;
const WRITING = { compress: flag, "id-in-header": flag } as const;
const EVENT = { topic: text, "self-managed": flag, "record-format": text, "on-failure": text } as const;
const REGISTERED = {
  registry: text,
  topic: text,
  side: text,
  reader: text,
  "subject-naming": text,
  record: text,
} as const;

/** Each command's options; of `kafkalens FILE` too. */
export const OPTIONS = {
  inspect: { ...DECODER, help: COMMON.help },
  decode: { ...DECODER, ...COMMON },
  detect: { ...DECODER, ...COMMON, record: text },
  guess: { ...COMMON, record: text, side: text, raw: flag },
  filter: { ...DECODER, ...COMMON },
  encode: { ...DECODER, ...COMMON, ...WRITING },
  "make-event": { ...DECODER, ...COMMON, ...WRITING, ...EVENT },
  check: { ...COMMON, mode: text, strict: flag, reference: list, ...REGISTERED },
  ui: { port: text, help: COMMON.help },
} as const;

/** A command. */
export type Command = keyof typeof OPTIONS;

/** A command's arguments. */
export type Arguments<C extends Command> = ReturnType<
  typeof parseArgs<{ options: (typeof OPTIONS)[C]; allowPositionals: true }>
>;

/** Reads the arguments of a command. */
export function argumentsOf<C extends Command>(command: C, args: readonly string[]): Arguments<C> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS[command], allowPositionals: command !== "ui" });
  } catch (error) {
    throw new UsageError(explained(error as Error, command));
  }
}

/** The options of a decoder, as they were given. */
export type DecoderArguments = Omit<Arguments<"decode">["values"], "format" | "help">;

/** What Node says, for those who called the program. */
function explained({ message }: Error, command: Command): string {
  // It explains at length how to pass what looks like an option; the first sentence says what is wrong.
  const wrong = message.split(/\.\s/)[0]!;
  const [, option] = /^Unknown option '--?([^']+)'/.exec(wrong) ?? [];
  const meant = option && nearest(option, Object.keys(OPTIONS[command]));
  const help = `kafkalens ${command === "inspect" ? "FILE" : command} --help`;
  return meant ? `${wrong}: did you mean --${meant}? See ${help}` : `${wrong}: see ${help}`;
}

/** A word that must be one of a list. */
export function oneOf<T extends string>(flag: string, word: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === word);
  if (found === undefined) {
    throw new UsageError(`--${flag}: expected ${allowed.join(", ")}, found \`${word}\``);
  }
  return found;
}
