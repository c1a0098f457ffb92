/** From the tape to plain JavaScript values. */

import type { Tape } from "../tape.js";
import { closures } from "./closures.js";
import { Cursor } from "./cursor.js";
import { generate } from "./generate.js";
import { type Int64Mode, nodeAt, type Shape } from "./shape.js";

/** Makes the value of one row of the table. */
export type Materializer = (tape: Tape, table: Int32Array, row: number) => unknown;

let allowed: boolean | undefined;

/** Whether this place allows code generation: a content security policy, or the runtime, may forbid it. */
function mayGenerate(): boolean {
  if (allowed === undefined) {
    try {
      allowed = new Function("return true")() === true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}

/** The materializer of a plan's shape, made when it is first used. */
export function materializer(shape: Shape): Materializer {
  const root = nodeAt(shape, shape.root);
  return root.kind === "learned" ? learned(root.int64) : compiled(shape, 0);
}

/** The materializer of a learned template, whose number stands before its values. */
export function template(shape: Shape): Materializer {
  return compiled(shape, 1);
}

/** Generated code where that is allowed, else closures. */
function compiled(shape: Shape, skip: number): Materializer {
  let made: Materializer | undefined;
  return (tape, table, row) => {
    made ??= mayGenerate() ? generate(shape, skip) : closures(shape, skip);
    return made(tape, table, row);
  };
}

/** Values behind the number of the template that they were read by; without one they describe themselves. */
function learned(mode: Int64Mode): Materializer {
  return (tape, table, row) => {
    const cursor = new Cursor(tape, table, row);
    const number = cursor.int();
    return number === 0 ? cursor.any(mode) : tape.templates[number - 1]!(tape, table, row);
  };
}
