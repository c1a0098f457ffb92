/** Payloads that are told otherwise than by a value of their side. */

import { checkedWriting, requirePayload } from "./rules.js";
import type { Writing } from "./types.js";

/** What stands in the place of a value whose payload is told otherwise: see {@link raw} and {@link written}. */
export abstract class Payload {}

/** Bytes that are the payload as they are. */
export class Raw extends Payload {
  readonly bytes: Uint8Array;

  /** These bytes. */
  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }
}

/** A value that is written otherwise than the others of its side. */
export class Written extends Payload {
  readonly value: unknown;
  readonly writing: Writing;

  /** This value, written so. */
  constructor(value: unknown, writing: Writing) {
    super();
    this.value = value;
    this.writing = writing;
  }
}

/** A payload that is these bytes, whatever the side's format: for records that can't be decoded. */
export function raw(bytes: Uint8Array | string): Payload {
  requirePayload(bytes);
  return new Raw(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
}

/** A value that is written with another schema or id than the others of its side: for schemas that evolve. */
export function written(value: unknown, writing: Writing): Payload {
  return new Written(value, checkedWriting(writing));
}
