/** From the tape to plain JavaScript values. */

import type { Tape } from "../tape.js";
import { closures } from "./closures.js";
import { generate } from "./generate.js";
import type { Shape } from "./shape.js";

/** Makes the value of one row of the tape's table. */
export type Materializer = (tape: Tape, row: number) => unknown;

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

/** The materializer of a shape: generated code where that is allowed, else closures. */
export function materializer(shape: Shape): Materializer {
  return mayGenerate() ? generate(shape) : closures(shape);
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
