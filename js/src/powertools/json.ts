/** Text and JSON: strict base64, U+FFFD for what is no UTF-8, and text that is no JSON as it is. */

import type { SideName } from "../side.js";
import { core, type Format, framed } from "./core.js";
import type { Framed } from "./types.js";

const utf8 = new TextDecoder();

/** Text. */
export function text(slot: SideName): Format {
  return (records) => (index) => utf8.decode(base64(records[index]![slot]!));
}

/** JSON, or else text. Nothing is logged. */
export function json(slot: SideName, config: Framed): Format {
  const texts = framed(slot, config, (framing) =>
    framing === undefined ? text(slot) : unframed(slot, framing),
  );
  return (records) => {
    const read = texts(records);
    return (index) => parsed(read(index) as string);
  };
}

function unframed(slot: SideName, framing: NonNullable<Framed["framing"]>): Format {
  const bytes = core(slot, () => ({ format: "bytes", framing }), {});
  return (records) => {
    const read = bytes(records);
    return (index) => utf8.decode(read(index) as Uint8Array);
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function base64(text: string): Uint8Array {
  if (text.length % 4 !== 0) {
    throw new TypeError("Incorrect padding on base64 string.");
  }
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new TypeError("Invalid base64 string.");
  }
  return Buffer.from(text, "base64");
}
