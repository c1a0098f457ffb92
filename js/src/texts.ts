/** What a chunk's records have as text. */

const ENCODER = new TextEncoder();

/** The texts of a chunk, in order, those of whole records last: what stands behind one another is joined before it is copied. */
export class Texts {
  parts: (string | Uint8Array)[] = [];
  /** How many bytes all have, a byte a character. */
  bytes = 0;
  #wholes: Uint8Array[] | undefined;

  /** Adds the text of a whole record; gives its length in UTF-8. */
  whole(text: string): number {
    const bytes = ENCODER.encode(text);
    this.#wholes ??= [];
    this.#wholes.push(bytes);
    return bytes.length;
  }

  /** Adds joined texts, or what whole records are in UTF-8. */
  add(part: string | Uint8Array): void {
    this.parts = added(this.parts, part);
    this.bytes += part.length;
  }

  /** Ends the chunk. */
  end(): void {
    for (const whole of this.#wholes ?? []) {
      this.add(whole);
    }
  }
}

/** A list with one more item: to make one whole takes less than to let an empty one grow, which small events would tell. */
export function added<T>(list: T[], item: T): T[] {
  if (list.length === 0) {
    return [item];
  }
  list.push(item);
  return list;
}
