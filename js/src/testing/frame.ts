/** What serializers put before a datum, or into a header, to name its schema. Each writes what src/framing reads. */

import { deflateRawSync, deflateSync } from "node:zlib";
import type { Framing } from "../config.js";
import { parseReference } from "../registry/reference.js";
import type { SideName } from "../side.js";
import type { Writing } from "./types.js";

/** A datum, and what is known of it. */
export interface Datum {
  side: SideName;
  /** The datum alone. */
  bytes: Uint8Array;
  /** What the serializer makes of the schema: Protobuf's message index or name, or a single object's header. */
  index: Uint8Array;
  /** What names the schema. */
  reference: string;
  /** Whether it is Avro, and under which schema. */
  avro: string | undefined;
  writing: Writing;
}

/** A payload, and the headers that belong to it. */
export interface Framed {
  payload: Uint8Array;
  headers: [name: string, value: Uint8Array][];
}

/** Frames a datum. */
export function frame(framing: Framing, datum: Datum): Framed {
  return FRAMES[framing](datum);
}

const FRAMES: Readonly<Record<Framing, (datum: Datum) => Framed>> = {
  none: ({ bytes }) => plain(bytes),
  // What a mapping leaves: the index, but no id.
  esm: ({ index, bytes }) => plain(index, bytes),
  confluent,
  glue,
  apicurio,
  "apicurio-global": apicurio,
  azure: ({ reference, bytes }) => ({
    payload: bytes,
    headers: [["content-type", utf8(`avro/binary+${idOf(reference, "azure")}`)]],
  }),
  cloudevents: ({ bytes, avro }) => ({
    payload: bytes,
    headers: [
      ["ce_specversion", utf8("1.0")],
      ["ce_id", utf8("1")],
      ["ce_source", utf8("/test")],
      ["ce_type", utf8("test")],
      ["content-type", utf8(avro === undefined ? "application/octet-stream" : "application/avro")],
    ],
  }),
  "single-object": ({ index, bytes }) => plain(index, bytes),
  ocf: container,
};

function plain(...parts: readonly Uint8Array[]): Framed {
  return { payload: Buffer.concat(parts), headers: [] };
}

/** `00` and an id, or `01` and a GUID; before the datum or in a header, the message index behind it. */
function confluent({ side, reference, index, bytes, writing }: Datum): Framed {
  const { scheme } = parsed(reference);
  const id =
    scheme === "guid"
      ? Buffer.concat([Buffer.of(1), uuid(idOf(reference, "guid"))])
      : Buffer.concat([Buffer.of(0), integer(idOf(reference, "confluent"), 4)]);
  return writing.idInHeader === true
    ? { payload: bytes, headers: [[`__${side}_schema_id`, Buffer.concat([id, index])]] }
    : plain(id, index, bytes);
}

/** `03`, whether what follows is compressed, and a UUID. */
function glue({ reference, index, bytes, writing }: Datum): Framed {
  const compressed = writing.compressed === true;
  const body = Buffer.concat([index, bytes]);
  return plain(
    Buffer.of(3, compressed ? 5 : 0),
    uuid(idOf(reference, "glue")),
    compressed ? deflateSync(body) : body,
  );
}

/** `00` and an id of four bytes; or headers, where the message is named as well. */
function apicurio({ side, reference, index, bytes, writing }: Datum): Framed {
  const [kind, id] = idOf(reference, "apicurio").split(":") as ["content" | "global", string];
  if (writing.idInHeader !== true) {
    return plain(Buffer.of(0), integer(id, 4), index, bytes);
  }
  const headers: Framed["headers"] = [[`apicurio.${side}.${kind}Id`, integer(id, 8)]];
  if (index.length > 0) {
    const name = side === "key" ? "apicurio.protobuf.type.key" : "apicurio.protobuf.type";
    // The name stands behind a length, a tag and another length.
    headers.push([name, index.subarray(3)]);
  }
  return { payload: bytes, headers };
}

/** An object container file with this one datum. */
function container({ bytes, avro, writing }: Datum): Framed {
  const sync = Buffer.alloc(16, 0x5a);
  const compressed = writing.compressed === true;
  const metadata = { "avro.schema": avro ?? '"bytes"', "avro.codec": compressed ? "deflate" : "null" };
  const entries = Object.entries(metadata).flatMap(([name, text]) => [sized(utf8(name)), sized(utf8(text))]);
  const block = sized(compressed ? deflateRawSync(bytes) : bytes);
  return plain(utf8("Obj\x01"), long(2), ...entries, long(0), sync, long(1), block, sync);
}

function sized(bytes: Uint8Array): Buffer {
  return Buffer.concat([long(bytes.length), bytes]);
}

/** A count as Avro's long. */
function long(count: number): Buffer {
  const bytes: number[] = [];
  let rest = 2 * count;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
    bytes.push((rest % 0x80) + 0x80);
  }
  return Buffer.of(...bytes, rest);
}

function integer(digits: string, size: 4 | 8): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(digits));
  return bytes.subarray(8 - size);
}

function uuid(text: string): Buffer {
  return Buffer.from(text.replaceAll("-", ""), "hex");
}

function utf8(text: string): Buffer {
  return Buffer.from(text);
}

function parsed(reference: string) {
  const found = parseReference(reference);
  if (found === undefined) {
    throw new TypeError(`expected an id such as 42, a UUID or a reference, found \`${reference}\``);
  }
  return found;
}

function idOf(reference: string, wanted: string): string {
  const { scheme, id } = parsed(reference);
  if (scheme !== wanted) {
    throw new TypeError(`expected an id of the scheme ${wanted}, found \`${reference}\``);
  }
  return id;
}
