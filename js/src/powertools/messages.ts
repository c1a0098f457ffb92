/**
 * Protobuf messages without the message indexes that precede them, for classes that decode them. What an index is, the core
 * says (`record.body`); here one is only recognised when it comes again. That is safe because no index begins with
 * another, but for the path `[0]` in two bytes instead of one, which is asked for each time.
 */

import { createDecoderSync } from "../entry/node.js";
import { once } from "../once.js";
import type { SideName } from "../side.js";
import { core, event, type Format, LEFT, schemaId } from "./core.js";
import type { Framed } from "./types.js";

/** How many indexes of a schema are kept: more than schemas have messages, as a rule. */
const KEPT = 16;

/** The path `[0]` in two bytes: what it is read as depends on what follows. */
const WRITTEN_OUT = Buffer.from([2, 0]);

/** A side's messages, as bytes. */
export function messages(slot: SideName, framing: NonNullable<Framed["framing"]> | "esm"): Format {
  const payloads = core(slot, () => ({ format: "bytes", framing }), {});
  const side = { format: "protobuf", framing } as const;
  const decoder = once(() => createDecoderSync({ key: LEFT, value: LEFT, [slot]: side }));
  return (records) => {
    const payload = payloads(records);
    const known = new Map<unknown, Uint8Array[]>();
    return (index) => {
      const bytes = payload(index) as Uint8Array;
      const id = schemaId(records[index]!, slot);
      const seen = known.get(id) ?? [];
      const again = seen.find((indexes) => indexes.every((byte, at) => bytes[at] === byte));
      if (again !== undefined) {
        return bytes.subarray(again.length);
      }
      const [record] = decoder().decodeEvent(event([records[index]!], slot));
      const message = record!.body(slot)!;
      const before = bytes.subarray(0, bytes.length - message.length);
      if (before.length > 0 && !WRITTEN_OUT.equals(before) && seen.length < KEPT) {
        known.set(id, [...seen, before]);
      }
      return message;
    };
  };
}
