// Runs of `kafkalens` over what stands on its standard input.

/** Over several lines, with white space wherever it may stand, and an integer that a number would round. */
const ARRAY = `
[
  {
    "key": "a, ] b" ,
    "value": { "n": 9007199254740993, "list": [ 1, 2 ] }
  } ,
  { "value": "two  \\" spaces" }

]
`;

/** Name → all arguments, and what is on standard input. */
export function inputs(fixtures) {
  return {
    "inspect-where": {
      args: [`${fixtures}/ids-event.json`, "--config", `${fixtures}/where-config.json`],
    },
    "inspect-where-none": {
      args: [`${fixtures}/ids-event.json`, "--config", `${fixtures}/where-none-config.json`],
    },
    "inspect-schema-of-id": {
      args: [`${fixtures}/ids-event.json`, "--value", `confluent+avro:${fixtures}/id.avsc@42`],
    },
    "inspect-one-more-byte": { args: ["-"], input: Buffer.alloc(65, 0xff) },
    "check-strict-no-schema": { args: ["check", "--strict", `${fixtures}/broken.proto`] },
    "check-strict-no-schema-json": {
      args: ["check", "--strict", "--format", "json", `${fixtures}/visit-1.avsc`, `${fixtures}/broken.proto`],
    },
    "detect-record-beyond": { args: ["detect", `${fixtures}/ids-event.json`, "--record", "3"] },
    "detect-record-only-named": { args: ["detect", `${fixtures}/only-named.json`, "--record", "0"] },
    "configuration-topic-null": {
      args: ["decode", "--config", `${fixtures}/topic-null.json`, `${fixtures}/ids-event.json`],
    },
    "configuration-null": { args: ["decode", "--config", `${fixtures}/null.json`, "--value", "json"] },
    "encode-configuration-refused": {
      args: ["encode", "--config", `${fixtures}/visit-1.avsc`, "--value", "json"],
      input: "1",
    },
    ...refused("int16", "32768"),
    ...refused("int32", '"abc"'),
    ...refused("int64", "1.5"),
    ...refused("float", "1e300"),
    ...refused("double", "true"),
    ...refused("uuid", '"abc"'),
    ...refused("iso-8859-1", '"😀"'),
    ...refused("bytes", "5"),
    "encode-double-nan": { args: ["encode", "--value", "double", "--format", "hex"], input: '"NaN"' },
    ...encodesNull(`avro:${fixtures}/note.avsc`, "union"),
    ...encodesNull(`avro:${fixtures}/visit-1.avsc`, "record"),
    ...encodesNull(`confluent+protobuf:${fixtures}/shipment.proto`, "protobuf"),
    ...encodesNull("json", "json"),
    ...encodesNull("text", "text"),
    ...encodesNull("int32", "int32"),
    ...encodesNull("bytes", "bytes"),
    "make-event-tombstone": { args: ["make-event", "--value", "int32"], input: '{"value":null}' },
    "make-event-array": { args: ["make-event", "--value", "json"], input: ARRAY },
    "make-event-empty-array": { args: ["make-event"], input: " [\n]\n" },
    "make-event-broken-array": { args: ["make-event"], input: '[\n  {"value": 1},\n  {"value": }\n]' },
    "make-event-bad-partition": { args: ["make-event"], input: '{"partition":"x"}' },
    "make-event-bad-offset": { args: ["make-event"], input: '{"offset":-1.5}' },
    "make-event-bad-timestamp": {
      args: ["make-event", "--on-failure", "s3"],
      input: '{"timestamp":"zzz"}',
    },
    "make-event-bad-timestamp-type": { args: ["make-event"], input: '{"timestampType":"LATE"}' },
    "make-event-bad-topic": { args: ["make-event"], input: '{"topic":5}' },
  };
}

/** Null, as a value of the side. */
function encodesNull(side, name) {
  const args = ["encode", "--value", side, "--format", "hex"];
  return { [`encode-null-${name}`]: { args, input: "null" } };
}

/** A value that isn't one of the format. */
function refused(format, input) {
  return { [`encode-${format}-refused`]: { args: ["encode", "--value", format], input } };
}
