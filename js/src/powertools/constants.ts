/** The names of formats. */

/** What a side's `type` may be. */
export const SchemaType = {
  /** JSON, or text where it is none. */
  JSON: "json",
  /** Avro. */
  AVRO: "avro",
  /** Protocol Buffers. */
  PROTOBUF: "protobuf",
} as const;
