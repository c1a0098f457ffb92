/** The two sides of a record. */

/** A side's name. */
export type SideName = "key" | "value";

/** Both, in order. */
export const SIDES: readonly SideName[] = ["key", "value"];

/** A side that a caller named. */
export function sideOf(name: SideName): SideName {
  if (!SIDES.includes(name)) {
    throw new TypeError('expected "key" or "value" as the side, found something else');
  }
  return name;
}
