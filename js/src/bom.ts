/** Text from bytes: in the encoding that a byte order mark names, without the mark. */

/** The text of bytes: UTF-8, or the UTF-16 that PowerShell 5 writes to a file. Each decoder drops its own mark. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder(encoding(bytes)).decode(bytes);
}

function encoding([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) {
    return "utf-16le";
  }
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
