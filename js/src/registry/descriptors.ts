/** Descriptor sets, put together from the files of a registry: no need to read them. */

import { fromBase64, toBase64 } from "../base64.js";

/** One file: the name under which others import it, and its serialized `FileDescriptorProto` as base64. */
export interface DescriptorFile {
  name: string;
  proto: string;
}

/**
 * A `FileDescriptorSet` as base64, or undefined where a file is not base64 (a registry that gives source text instead).
 * The last file is the one that was registered.
 */
export function descriptorSet(files: readonly DescriptorFile[]): string | undefined {
  const parts: number[][] = [];
  for (const { name, proto } of files) {
    const bytes = fromBase64(proto);
    if (bytes === undefined) {
      return undefined;
    }
    // A registry names every file alike; a later `name` (field 1) overrides an earlier one, so it is appended.
    const own = new TextEncoder().encode(name);
    const renamed = [...bytes, 0x0a, ...varint(own.length), ...own];
    parts.push([0x0a, ...varint(renamed.length), ...renamed]);
  }
  return toBase64(Uint8Array.from(parts.flat()));
}

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) {
    out.push((rest & 0x7f) | 0x80);
  }
  return [...out, rest];
}
