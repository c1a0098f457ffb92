/**
 * What is as JSON.parse makes it: an object whose `__proto__` is {@link PLAIN}.
 *
 * `__proto__` on purpose, and written out where it is needed: engines compile it to one load for the one shape that a
 * place sees, where `Object.getPrototypeOf` stays a call, and a shared function sees too many shapes. Records
 * have four such objects each. An object with a property of that name is none of them; it is read as text then.
 */
export const PLAIN: object = Object.prototype;

/** Any object, to be looked at. */
export interface Candidate {
  readonly __proto__: unknown;
  readonly [name: string]: unknown;
}

/** Whether a text has no half of a character: JSON text with one is none that the core reads. */
export function isWellFormed(text: string): boolean {
  return !SURROGATE.test(text);
}

// Not in the function, where every call would make it anew.
const SURROGATE = /\p{Surrogate}/u;
