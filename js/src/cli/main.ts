/** The program `kafkalens`. */

import { readFileSync } from "node:fs";
import { UsageError } from "./args.js";
import { check } from "./check.js";
import { decode } from "./decode.js";
import { detect } from "./detect.js";
import { guess } from "./guess.js";
import { HELP } from "./help.js";
import type { Output } from "./output.js";

const COLOURS = { red: 31, dim: 2, bold: 1 };

const { stdin, stdout, stderr, env } = process;
const coloured = stdout.isTTY === true && (env.NO_COLOR ?? "") === "";
const out: Output = {
  terminal: stdout.isTTY === true,
  inputIsTerminal: stdin.isTTY === true,
  width: stdout.columns ?? (Number(env.COLUMNS) || 100),
  paint: (colour, text) => (coloured ? `\x1b[${COLOURS[colour]}m${text}\x1b[0m` : text),
  text: (text) => void stdout.write(text),
  problem: (text) => void stderr.write(`${text}\n`),
};

// The reader of a pipe may have seen enough.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    throw error;
  }
  process.exit();
});

process.exitCode = await run(process.argv.slice(2));

async function run([command, ...rest]: string[]): Promise<number> {
  try {
    switch (command) {
      case "decode":
        return decode(rest, out);
      case "detect":
        return detect(rest, out);
      case "guess":
        return guess(rest, out);
      case "check":
        return await check(rest, out);
      case "--version":
        out.text(`${version()}\n`);
        return 0;
      case undefined:
      case "help":
      case "--help":
      case "-h":
        out.text(HELP);
        return command === undefined ? 2 : 0;
      default:
        throw new UsageError(`\`${command}\` is no command: see kafkalens --help`);
    }
  } catch (error) {
    if (error instanceof UsageError) {
      out.problem(`kafkalens: ${error.message}`);
      return 2;
    }
    throw error;
  }
}

function version(): string {
  const manifest = readFileSync(new URL("./package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
