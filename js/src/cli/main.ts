/** The program `kafkalens`. */

import { existsSync, readFileSync } from "node:fs";
import { isatty } from "node:tty";
import { inspect as inspected } from "node:util";
import { isDecodeError } from "../errors.js";
import { nearest } from "../nearest.js";
import { UsageError } from "./args.js";
import { check } from "./check.js";
import { decode } from "./decode.js";
import { detect } from "./detect.js";
import { encode } from "./encode.js";
import { filter } from "./filter.js";
import { guess } from "./guess.js";
import { HELP } from "./help.js";
import { inspect } from "./inspect.js";
import { makeEvent } from "./make-event.js";
import type { Output } from "./output.js";
import { problem } from "./problems.js";
import { standardOutput } from "./stdout.js";
import { terminal } from "./terminal.js";
import { ui } from "./ui.js";

/** The commands by their names. */
const COMMANDS: Readonly<Record<string, (args: readonly string[], out: Output) => number | Promise<number>>> =
  { decode, detect, guess, check, encode, "make-event": makeEvent, filter, ui };

const { stderr, env } = process;
// Asking `process.stdin` would make reads of it fail that would have to wait.
const out = terminal({ stdout: standardOutput(unwritten), stderr, env }, isatty(0));

// What can't be told changes nothing of the exit status.
stderr.on("error", () => {});

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<number> {
  const [command, ...rest] = args;
  try {
    if (command === "help" && rest.length > 0) {
      return await run([...rest, "--help"]);
    }
    if (command !== undefined && Object.hasOwn(COMMANDS, command)) {
      return await COMMANDS[command]!(rest, out);
    }
    switch (command) {
      case "--version":
      case "-v":
      case "-V":
        out.text(`${version()}\n`);
        return 0;
      case undefined:
      case "help":
      case "--help":
      case "-h":
        out.text(HELP);
        return command === undefined ? 2 : 0;
      default:
        if (!isFile(command)) {
          throw new UsageError(unknown(command));
        }
        return await inspect(args, out);
    }
  } catch (error) {
    return failed(error);
  }
}

/** Ends the program where its output can't be written. */
function unwritten(error: NodeJS.ErrnoException): never {
  // The reader of a pipe may have seen enough.
  if (error.code === "EPIPE") {
    process.exit();
  }
  out.problem(`kafkalens: standard output: ${told(error)}`);
  process.exit(2);
}

function unknown(word: string): string {
  const meant = nearest(word, [...Object.keys(COMMANDS), "--help", "--version"]);
  const what = `\`${word}\` is no command and no file`;
  return meant ? `${what}: did you mean ${meant}? See kafkalens --help` : `${what}: see kafkalens --help`;
}

/** Tells what ended the command. The status 1 would be a verdict on data, which nothing else than data may cause. */
function failed(error: unknown): number {
  if (error instanceof UsageError) {
    out.problem(`kafkalens: ${error.message}`);
  } else if (isDecodeError(error)) {
    out.problem(`kafkalens: ${problem(error)}`);
  } else if (process.env.KAFKALENS_DEBUG !== undefined) {
    out.problem(inspected(error));
  } else {
    out.problem(`kafkalens: failed: ${told(error)} (with KAFKALENS_DEBUG=1 it tells where)`);
  }
  return 2;
}

/** What the system says of its errors; of others the name alone, for what they say may quote a payload. */
function told(error: unknown): string {
  const { syscall, message, name = "an error" } = (error ?? {}) as NodeJS.ErrnoException;
  return syscall === undefined ? name : message;
}

/** Whether a word names files, be they there or not, as a misspelt command doesn't: what stands alone is inspected. */
function isFile(word: string): boolean {
  return word === "-" || existsSync(word) || (/[./\\*?]/.test(word) && !word.startsWith("-"));
}

function version(): string {
  const manifest = readFileSync(new URL("./package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
