/** Text from bytes. */

/** The text of bytes in the encoding that its byte order mark names, as of files that PowerShell 5 wrote; without the mark. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encoding(bytes)).decode(bytes);
}

/** The same; undefined where the bytes are no text in that encoding. */
export function strictTextOf(bytes: Uint8Array): string | undefined {
  return strict(encoding(bytes), bytes);
}

function encoding([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) {
    return "utf-16le";
  }
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** Bytes as UTF-8, whatever it says; undefined where they are none. */
export function utf8(bytes: Uint8Array): string | undefined {
  return strict("utf-8", bytes);
}

function strict(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
