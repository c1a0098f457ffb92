/** Bytes as text, where they are text, else as hex. */

import { utf8 } from "../../js/src/unicode.js";

/** Bytes as the text that they are; undefined where they are none. */
export function plainText(bytes: Uint8Array): string | undefined {
  const held = utf8(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: bytes below a space are seldom text.
  return held === undefined || /[\0-\x08\x0e-\x1f]/.test(held) ? undefined : held;
}

/** Bytes as hex. */
export function hexOf(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
