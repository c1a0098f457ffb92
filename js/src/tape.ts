/** The tape: what the core decoded, read where it stands in WebAssembly memory until the core is called again. */

/** Makes the value of one row of the tape's table. */
export type Materializer = (tape: Tape, row: number) => unknown;

/** Typed slots and text heaps, and a table that says where each side begins. What is read next follows from the shape. */
export interface Tape {
  /** Small integers, lengths, counts, branches, tags; and the table. */
  ints: Int32Array;
  /** Floats, and 64-bit integers that a double holds exactly; NaN in such a place sends to {@link bigs}. */
  floats: Float64Array;
  /** The other 64-bit integers. */
  bigs: BigInt64Array;
  /** Bytes. */
  binary: Uint8Array;
  /** The characters of strings that are all Latin-1. */
  latin: string;
  /** The UTF-16 units of the other strings. */
  wide: string;
  /** Map keys by number. Grows with later decodes; what is there stays. */
  readonly keys: readonly string[];
  /** The materializers of the templates that JSON documents have taught; they number them from 1. Grows likewise. */
  readonly templates: readonly Materializer[];
  /** Where the table begins in {@link ints}: {@link ROW} words for each side. */
  rows: number;
  /** Where values begin in {@link ints}, {@link floats}, {@link bigs} and {@link binary}. */
  c: number;
  j: number;
  b: number;
  k: number;
}

/** Words in a row of the table: status, plan, six cursors (ints, floats, bigs, latin, wide, binary), and the reference. */
export const ROW = 9;

/** The place of the plan in a row. */
export const PLAN = 1;

/** The place of the reference in a row. */
export const REFERENCE = 8;

/** What became of a side: the first word of its row. */
export const Status = { Value: 0, Absent: 1, Null: 2, Failed: 3 } as const;
