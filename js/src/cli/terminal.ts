/** The terminal, or what stands in its place. */

import { visible } from "../visible.js";
import type { Output } from "./output.js";

const COLOURS = { red: 31, dim: 2, bold: 1 };

/** Standard output and error of a process, as far as they are used. */
export interface Streams {
  stdout: Stream & { columns?: number };
  stderr: Stream;
  env: Readonly<Record<string, string | undefined>>;
}

interface Stream {
  write(chunk: string | Uint8Array): unknown;
  isTTY?: boolean;
}

/** Values of FORCE_COLOR that turn colours on: as Node.js reads it, all others turn them off. */
const ON = ["", "1", "2", "3", "true"];

/** The narrowest that lines become: less tells nothing. */
const NARROWEST = 24;

/** Where the program writes. */
export function terminal({ stdout, stderr, env }: Streams, inputIsTerminal: boolean): Output {
  const toTerminal = stdout.isTTY === true;
  const coloured = isColoured(env, toTerminal);
  let drawn = false;
  const status = (text: string) => {
    if (drawn || text !== "") {
      stderr.write(`\r\x1b[K${text}`);
    }
    drawn = text !== "";
  };
  return {
    terminal: toTerminal,
    inputIsTerminal,
    // A dumb terminal can't take a line back.
    errorTerminal: stderr.isTTY === true && env.TERM !== "dumb",
    // A terminal that was given no size has no columns.
    width: Math.max(NARROWEST, stdout.columns || Number(env.COLUMNS) || 100),
    paint: (colour, text) => (coloured ? `\x1b[${COLOURS[colour]}m${text}\x1b[0m` : text),
    text: (text) => {
      if (toTerminal) {
        status("");
      }
      stdout.write(text);
    },
    bytes: (bytes) => void stdout.write(bytes),
    problem: (text) => {
      status("");
      // What it quotes may be of anyone.
      stderr.write(`${visible(text)}\n`);
    },
    status,
  };
}

/** Colours are for terminals that have them, unless a variable says otherwise: no-color.org, force-color.org. */
function isColoured(env: Streams["env"], toTerminal: boolean): boolean {
  if (env.FORCE_COLOR !== undefined) {
    return ON.includes(env.FORCE_COLOR);
  }
  return toTerminal && env.TERM !== "dumb" && (env.NO_COLOR ?? "") === "";
}
