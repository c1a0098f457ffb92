// A decoder over what jco made of the component: errors as exceptions, numbers instead of BigInts.

import { decoding } from "./generated/kafkalens.js";

const NAMES = [
  "code",
  "category",
  "side",
  "topic",
  "partition",
  "offset",
  "path",
  "byteOffset",
  "space",
  "message",
  "hint",
  "frame",
  "retryable",
];

/** Why an event or one of its sides could not be decoded: the names of docs/errors.md. */
export class DecodeError extends Error {
  name = "DecodeError";

  /** An error of the WIT record. */
  constructor(error) {
    super(error.message);
    for (const name of NAMES) {
      this[name] = plain(error[name]);
    }
  }

  /** The error's document: the same names, in the same order, as in every host. */
  toJSON() {
    const space = this.space === "payload" ? undefined : this.space;
    const all = NAMES.map((name) => [name, name === "space" ? space : this[name]]);
    return Object.fromEntries(all.filter(([, value]) => value !== undefined));
  }
}

/** Decodes events by a configuration. Keep it; it holds WebAssembly memory until it is disposed of. */
export class Decoder {
  #decoder;

  /** A decoder of a configuration: an object of the names in docs/options.md. */
  constructor(config) {
    this.#decoder = guard(() => decoding.Decoder.create(JSON.stringify(config)));
  }

  /** The references whose schemas an event needs and that have not been added. */
  missingSchemas(event) {
    return guard(() => this.#decoder.missingSchemas(text(event)));
  }

  /** Adds `{ reference, type, schema, references }`. */
  addSchema(schema) {
    guard(() => this.#decoder.addSchema(JSON.stringify(schema)));
  }

  /** Decodes an event (an object, or JSON text) into records; each side is `{ json, schema }`, `{ tombstone }` or `{ error }`. */
  decode(event) {
    return guard(() => this.#decoder.decodeRecords(text(event))).map(record);
  }

  /** Decodes an event to the JSON text `{"records":[…]}` that is byte-identical in every host. */
  decodeJson(event) {
    return guard(() => this.#decoder.decodeEvent(text(event)));
  }

  /** Decodes the bytes of one payload. */
  decodePayload(payload, { topic = "", side = "value" } = {}) {
    return decoded(guard(() => this.#decoder.decodePayload(topic, side, payload)));
  }

  /** Checks a new schema against the versions before it: `{ type, mode, schema, history }`. */
  checkCompatibility(document) {
    return JSON.parse(guard(() => this.#decoder.checkCompatibility(JSON.stringify(document))));
  }

  /** Tells where a schema departs from the specification: `{ type, schema, references }`. */
  checkSchema(document) {
    return JSON.parse(guard(() => this.#decoder.checkSchema(JSON.stringify(document)))).departures;
  }

  /** Encodes a datum, without framing, of a value's JSON text. */
  encode(type, schema, json) {
    return guard(() => this.#decoder.encode(type, schema, json));
  }

  /** Gives the decoder's memory back. */
  dispose() {
    this.#decoder[Symbol.dispose]();
  }
}

/** jco throws a WIT error bare, or with wrapping (the command line's default) as `payload`. */
function guard(use) {
  try {
    return use();
  } catch (thrown) {
    const error = thrown?.payload ?? thrown;
    throw error?.category === undefined ? thrown : new DecodeError(error);
  }
}

function text(event) {
  return typeof event === "string" ? event : JSON.stringify(event);
}

function record({ topic, partition, offset, timestamp, timestampType, headers, key, value }) {
  return {
    topic,
    partition,
    offset: plain(offset),
    timestamp: plain(timestamp),
    timestampType,
    headers,
    key: decoded(key),
    value: decoded(value),
  };
}

function decoded({ tag, val }) {
  if (tag === "value") {
    return val;
  }
  return tag === "tombstone" ? { tombstone: val } : { error: new DecodeError(val) };
}

/** WIT's 64-bit integers come as BigInt: offsets and times are far below 2^53. */
function plain(value) {
  return typeof value === "bigint" ? Number(value) : value;
}
