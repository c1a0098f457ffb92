/** The parts of the core's JSON text as they stand there: nothing is parsed and printed anew, so nothing is rounded. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** The members of an object, each as its text. The text has no white space between tokens, as the core writes it. */
export function members(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 1; at < text.length - 1; ) {
    const colon = valueEnd(text, at);
    const end = valueEnd(text, colon + 1);
    found.set(JSON.parse(text.slice(at, colon)) as string, text.slice(colon + 1, end));
    at = end + 1;
  }
  return found;
}

/** Which record a document is of, by its members; the offset has more digits than a number may hold. */
export function placeOf(record: ReadonlyMap<string, string>): {
  topic: string | null;
  partition: number | null;
  offset: string;
} {
  return {
    topic: JSON.parse(record.get("topic") ?? "null") as string | null,
    partition: JSON.parse(record.get("partition") ?? "null") as number | null,
    offset: record.get("offset") ?? "null",
  };
}

/** The items of an array, each as its text. */
export function items(text: string): string[] {
  const found: string[] = [];
  for (let at = 1; at < text.length - 1; ) {
    const end = valueEnd(text, at);
    found.push(text.slice(at, end));
    at = end + 1;
  }
  return found;
}

/** JSON text without the white space between its tokens. */
export function compact(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) {
      i = stringEnd(text, i);
    } else if (unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return parts.join("") + text.slice(from);
}

/** Where the value that begins at `at` ends. */
function valueEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) {
      i = stringEnd(text, i);
      if (depth === 0) {
        return i + 1;
      }
    } else if (unit === 0x7b || unit === 0x5b) {
      depth++;
    } else if (unit === 0x7d || unit === 0x5d) {
      if (depth <= 1) {
        return depth === 1 ? i + 1 : i;
      }
      depth--;
    } else if (unit === COMMA && depth === 0) {
      return i;
    }
  }
  return text.length;
}

/** Where the closing quotation mark of the string stands that begins at `at`. */
function stringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) {
      return i;
    }
    if (unit === BACKSLASH) {
      i++;
    }
  }
  return text.length;
}

/** The same JSON text in lines, two spaces for each level. */
export function indented(text: string, indent = ""): string {
  const inner = `${indent}  `;
  if (text.startsWith("{") && text !== "{}") {
    const lines = [...members(text)].map(
      ([name, value]) => `${inner}${JSON.stringify(name)}: ${indented(value, inner)}`,
    );
    return `{\n${lines.join(",\n")}\n${indent}}`;
  }
  if (text.startsWith("[") && text !== "[]") {
    return `[\n${items(text)
      .map((item) => inner + indented(item, inner))
      .join(",\n")}\n${indent}]`;
  }
  return text;
}
