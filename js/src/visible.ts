/** Text for people: on a terminal, on the page. */

/** Text without what could steer a terminal or turn the writing round. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (unit) =>
    unit === "\n" ? "\n" : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
