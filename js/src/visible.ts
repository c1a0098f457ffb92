/** Text for people: on a terminal, on the page. */

/** Text without what could steer a terminal or turn the writing round. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return text.replace(/[\0-\t\v-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped);
}

/** The same in one line: of what an event holds, none may look like a line of the program. */
export function visibleLine(text: string): string {
  return visible(text).replace(/\n/g, escaped);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
