/** Files that hold a payload by itself. */

import { eventOf, unwrapped } from "../alone.js";
import { count } from "./amounts.js";

/** A payload by itself, as an event with one record, and what it is. */
export function alone(bytes: Uint8Array): { event: string; what: string } {
  const { payload, form } = unwrapped(bytes);
  return { event: eventOf(payload), what: `a payload${form}, ${count(payload.length, "byte")}` };
}
