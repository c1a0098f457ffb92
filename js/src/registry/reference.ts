/** References, as records name schemas: what a source makes of their text. */

/** A reference taken apart: `eu/confluent:42` is of the registry `eu`, the scheme `confluent` and the id `42`. */
export interface Parsed {
  registry: string | undefined;
  scheme: string;
  id: string;
}

/** Takes a reference apart. The scheme ends at the first colon: whatever a subject's name holds follows it. */
export function parseReference(reference: string): Parsed | undefined {
  const found = /^(?:([^:]+)\/)?([a-z]+):(.+)$/s.exec(reference);
  return found === null ? undefined : { registry: found[1], scheme: found[2]!, id: found[3]! };
}

/** A subject's name and version, from the id of a `subject:` reference. */
export function parseSubject(id: string): { name: string; version: string } | undefined {
  const slash = id.lastIndexOf("/");
  return slash < 1 ? undefined : { name: id.slice(0, slash), version: id.slice(slash + 1) };
}
