/** References, as records name schemas: what a source makes of their text. */

/** A reference taken apart: `eu/confluent:42` is of the registry `eu`, the scheme `confluent` and the id `42`. */
export interface Parsed {
  registry: string | undefined;
  scheme: string;
  id: string;
}

/** The text of a UUID. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Takes a reference apart. The scheme ends at the first colon: whatever a subject's name holds follows it. */
export function parseReference(reference: string): Parsed | undefined {
  const found = /^(?:([^:]+)\/)?([a-z]+):(.+)$/s.exec(reference);
  return found === null ? undefined : { registry: found[1], scheme: found[2]!, id: found[3]! };
}

/** Whose ids numbers and UUIDs are, where the framing says otherwise than Confluent's and Glue's. */
const NUMBERS: Readonly<Record<string, string>> = {
  apicurio: "apicurio:content",
  "apicurio-global": "apicurio:global",
};
const UUIDS: Readonly<Record<string, string>> = { confluent: "guid" };

/**
 * The reference that an id stands for under a framing: numbers are Confluent's, UUIDs are Glue's, unless the framing is
 * another's; whole references are taken as such. Undefined for what is none of these.
 */
export function referenceOf(id: number | string, framing = "esm"): string | undefined {
  const text = String(id);
  if (/^\d+$/.test(text)) {
    return `${NUMBERS[framing] ?? "confluent"}:${text}`;
  }
  if (UUID.test(text)) {
    return `${UUIDS[framing] ?? "glue"}:${text.toLowerCase()}`;
  }
  return text.includes(":") ? text : undefined;
}

/** A subject's name and version, from the id of a `subject:` reference. */
export function parseSubject(id: string): { name: string; version: string } | undefined {
  const slash = id.lastIndexOf("/");
  return slash < 1 ? undefined : { name: id.slice(0, slash), version: id.slice(slash + 1) };
}
