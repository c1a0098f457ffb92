/** From the tape to plain JavaScript values. */

import { type Materializer, ROW, type Tape } from "../tape.js";
import { closures } from "./closures.js";
import { Cursor } from "./cursor.js";
import { generate } from "./generate.js";
import { type Int64Mode, nodeAt, type Shape } from "./shape.js";

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

/** Generated code where that is allowed, else closures. `skip` words come before the values. */
function compiled(shape: Shape, skip: number): Materializer {
  return mayGenerate() ? generate(shape, skip) : closures(shape, skip);
}

/** The materializer of a plan's shape. */
export function materializer(shape: Shape): Materializer {
  const root = nodeAt(shape, shape.root);
  return root.kind === "learned" ? learned(root.int64) : compiled(shape, 0);
}

/** The materializer of a learned template, whose number stands before its values; made when it is first used. */
export function template(shape: string): Materializer {
  let made: Materializer | undefined;
  return (tape, row) => {
    made ??= compiled(JSON.parse(shape) as Shape, 1);
    return made(tape, row);
  };
}

/** Values behind the number of the template that they were read by; without one they describe themselves. */
function learned(mode: Int64Mode): Materializer {
  return (tape, row) => {
    const number = tape.ints[tape.c + tape.ints[tape.rows + row * ROW + 2]!]!;
    return number === 0 ? untyped(tape, row, mode) : tape.templates[number - 1]!(tape, row);
  };
}

function untyped(tape: Tape, row: number, mode: Int64Mode): unknown {
  const cursor = new Cursor(tape, row);
  cursor.c++;
  return cursor.any(mode);
}

/** The materializers of one core's plans, each made when it is first used. */
export class Materializers {
  readonly #shapes: string[] = [];
  readonly #made: (Materializer | undefined)[] = [];

  /** How many plans it knows. */
  get length(): number {
    return this.#shapes.length;
  }

  /** Adds the shape of the next plan, as JSON text. */
  add(shape: string): void {
    this.#shapes.push(shape);
    this.#made.push(undefined);
  }

  /** The materializer of a plan. */
  of(plan: number): Materializer {
    const made = this.#made[plan];
    return made === undefined ? this.#make(plan) : made;
  }

  #make(plan: number): Materializer {
    const made = materializer(JSON.parse(this.#shapes[plan]!) as Shape);
    this.#made[plan] = made;
    return made;
  }
}
