/** Where the program writes. */

import type { Batch } from "../api.js";

/** The program's surroundings. */
export interface Output {
  /** Whether standard output is a terminal. */
  readonly terminal: boolean;
  /** Whether standard input is one. */
  readonly inputIsTerminal: boolean;
  /** Whether standard error is one. */
  readonly errorTerminal: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Text in a colour, where colours are wanted. */
  paint(colour: "red" | "dim" | "bold", text: string): string;
  /** Writes to standard output. */
  text(text: string): void;
  /** Writes bytes to standard output. */
  bytes(bytes: Uint8Array): void;
  /** Writes a line to standard error. */
  problem(text: string): void;
  /** Draws a line on standard error over the one before; an empty one takes it away, as any other writing does. */
  status(text: string): void;
}

/** Writes the records of events. */
export interface Writer {
  /** The records of one event, each as its document's text, and the batch of them; `told` how many are done. */
  event(records: readonly string[], batch: () => Batch, told: (done: number) => void): void;
  /** The end of all; gives how many records failed. */
  end(): number;
}
