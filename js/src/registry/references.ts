/** The references of schemas to others, which registries tell one by one. */

import { sourceError } from "./errors.js";

/** How many schemas one may refer to, directly or not. */
const MOST_REFERENCES = 1_000;

/** The references that are not among those known; from here on they are. `what` is the schema that has them. */
export function newReferences<R extends { readonly name: string }>(
  references: readonly R[],
  known: Set<string>,
  what: string,
): R[] {
  const fresh = references.filter(({ name }) => !known.has(name));
  for (const { name } of fresh) {
    known.add(name);
  }
  if (known.size > MOST_REFERENCES) {
    const message = `expected ${what} to refer to at most ${MOST_REFERENCES} others, found more`;
    throw sourceError("SOURCE_FAILED", message, undefined, false);
  }
  return fresh;
}
