/** Bytes around an error, as hex. */

const ROW = 16;

/** How many bytes are shown. */
export const WINDOW = 32;

/** Lines of hex with the bytes around `at`; a mark stands under that byte, also where the payload ended too soon. */
export function around(bytes: Uint8Array, at: number): string[] {
  const row = Math.floor(at / ROW);
  const first = Math.max(0, row * ROW - (at % ROW < ROW / 2 ? ROW : 0));
  const lines: string[] = [];
  for (let start = first; start < first + WINDOW; start += ROW) {
    const part = bytes.subarray(start, start + ROW);
    if (part.length > 0) {
      lines.push(line(start, part));
    }
    if (at >= start && at < start + ROW) {
      lines.push(
        `${" ".repeat(column(at - start))}^^ ${at < bytes.length ? "" : "end of payload, "}byte ${at}`,
      );
    }
  }
  return lines;
}

/** Lines of hex with all of some bytes. */
export function hexLines(bytes: Uint8Array): string[] {
  const rows = Math.ceil(bytes.length / ROW);
  return Array.from({ length: rows }, (_, i) => line(i * ROW, bytes.subarray(i * ROW, (i + 1) * ROW)));
}

function line(start: number, part: Uint8Array): string {
  const pairs = Array.from(part, (byte) => byte.toString(16).padStart(2, "0"));
  const halves = [pairs.slice(0, ROW / 2).join(" "), pairs.slice(ROW / 2).join(" ")].join("  ");
  const text = Array.from(part, (byte) =>
    byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : ".",
  ).join("");
  return `${start.toString(16).padStart(8, "0")}  ${halves.padEnd(3 * ROW)}  |${text}|`;
}

/** Where a byte of a row stands in its line. */
function column(place: number): number {
  return 10 + 3 * place + (place < ROW / 2 ? 0 : 1);
}
