/** How many of a payload's first bytes name its schema. */

import type { SideName } from "../../js/src/side.js";
import type { RecordDetail } from "./protocol.js";

/** Confluent's zero byte and id. */
const CONFLUENT = 5;
/** Glue's two bytes and UUID. */
const GLUE = 18;

/** By the framing that is configured: an id in metadata or in a header leaves the payload to its data. */
export function frameSize(record: RecordDetail, side: SideName): number {
  const { bytes, framing, schema } = record[side];
  if (bytes === undefined) {
    return 0;
  }
  if (framing === "glue") {
    return bytes[0] === 3 && bytes.length >= GLUE ? GLUE : 0;
  }
  if (framing !== "confluent" || bytes[0] !== 0 || bytes.length < CONFLUENT || inHeader(record, side)) {
    return 0;
  }
  // Without a reference the record failed before it had one.
  return schema === undefined || schema.endsWith(`confluent:${id(bytes)}`) ? CONFLUENT : 0;
}

/** Whether Confluent's own header names the schema. */
function inHeader({ headers }: RecordDetail, side: SideName): boolean {
  return headers.some(({ name, value }) => name === `__${side}_schema_id` && value !== null);
}

function id(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, CONFLUENT).getUint32(1);
}
