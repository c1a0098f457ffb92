/** The terminal, or what stands in its place. */

import type { WriteStream } from "node:tty";
import type { Output } from "./output.js";

const COLOURS = { red: 31, dim: 2, bold: 1 };

/** Standard output and error of a process, as far as they are used. */
export interface Streams {
  stdout: Pick<WriteStream, "write"> & { isTTY?: boolean; columns?: number };
  stderr: Pick<WriteStream, "write"> & { isTTY?: boolean };
  env: Readonly<Record<string, string | undefined>>;
}

/** Where the program writes: colours are for terminals, unless NO_COLOR is set to anything. */
export function terminal({ stdout, stderr, env }: Streams, inputIsTerminal: boolean): Output {
  const toTerminal = stdout.isTTY === true;
  const coloured = toTerminal && (env.NO_COLOR ?? "") === "";
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
    errorTerminal: stderr.isTTY === true,
    width: stdout.columns ?? (Number(env.COLUMNS) || 100),
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
      stderr.write(`${text}\n`);
    },
    status,
  };
}
