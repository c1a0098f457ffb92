/** From the tape to plain JavaScript values. */

import type { Tape } from "../tape.js";
import { closures } from "./closures.js";
import { generate } from "./generate.js";
import type { Shape } from "./shape.js";

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

/** The materializer of a shape, made when it is first used: generated code where that is allowed, else closures. */
export function materializer(shape: Shape): Materializer {
  let made: Materializer | undefined;
  return (tape, table, row) => {
    made ??= mayGenerate() ? generate(shape) : closures(shape);
    return made(tape, table, row);
  };
}
