// The testing kit: what it builds is decoded to what was given, and is what producers write.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";
import { cases } from "../support/cases.mjs";
import { folder, kafkalens } from "../support/package.mjs";

const { avro, bytes, canonicalJson, createDecoderSync, json, primitive, protobuf, text } = kafkalens;
const { kafkaEvents, onFailure, raw, written } = await import(
  pathToFileURL(join(folder, "testing.mjs")).href
);

const ORDER = {
  type: "record",
  name: "Order",
  fields: [
    { name: "id", type: "long" },
    { name: "note", type: ["null", "string"] },
    { name: "price", type: { type: "bytes", logicalType: "decimal", precision: 9, scale: 2 } },
    { name: "at", type: { type: "long", logicalType: "timestamp-millis" } },
    { name: "blob", type: "bytes" },
  ],
};
const ORDERS = [
  { id: 1n, note: null, price: "1.50", at: "2024-02-29T13:45:30.123Z", blob: Uint8Array.of(0, 255) },
  { id: 2n ** 62n, note: "ä", price: "-0.01", at: "1969-12-31T23:59:59.999Z", blob: new Uint8Array() },
];
const PROTO = `syntax = "proto3"; package shop;
message Other {}
message Order { message Line { string sku = 1; int64 count = 2; } repeated Line lines = 1; bytes blob = 2; }`;
const LINES = [{ lines: [{ sku: "a", count: 9007199254740993n }], blob: Uint8Array.of(1) }];
const FILES = { files: [{ name: "shop.proto", text: PROTO }], message: "shop.Order" };

const AVRO = [
  "none",
  "esm",
  "confluent",
  "glue",
  "apicurio",
  "apicurio-global",
  "azure",
  "cloudevents",
  "single-object",
];
const PROTOBUF = ["none", "esm", "confluent", "glue", "apicurio", "apicurio-global", "cloudevents"];
const JSONS = ["none", "esm", "confluent", "glue", "apicurio", "cloudevents"];
const UUID = "de0ffae0-8c2c-4279-ac0d-fd96883ba56e";

/** Sides, values that they hold, and how they are written. */
const SIDES = {
  ...each(AVRO, (framing) => [avro({ writer: ORDER, framing, anyId: true }), ORDERS]),
  ...each(PROTOBUF, (framing) => [protobuf({ ...FILES, framing, anyId: true }), LINES]),
  ...each(JSONS, (framing) => [json({ framing }), [{ a: [1, "ä"] }, "text", 2n ** 60n]]),
  "avro confluent, in a header": [
    avro({ writer: ORDER, framing: "confluent", anyId: true }),
    ORDERS,
    { idInHeader: true },
  ],
  "avro confluent, a GUID": [avro({ writer: ORDER, framing: "confluent", ids: [`guid:${UUID}`] }), ORDERS],
  "avro confluent, a GUID in a header": [
    avro({ writer: ORDER, framing: "confluent", ids: [`guid:${UUID}`] }),
    ORDERS,
    { idInHeader: true },
  ],
  "avro glue, compressed": [
    avro({ writer: ORDER, framing: "glue", ids: [UUID] }),
    ORDERS,
    { compressed: true },
  ],
  "avro apicurio, in headers": [
    avro({ writer: ORDER, framing: "apicurio", anyId: true }),
    ORDERS,
    { idInHeader: true },
  ],
  "avro, top-level bytes of Confluent": [
    avro({ writer: "bytes", framing: "confluent", anyId: true }),
    [Uint8Array.of(7, 8)],
  ],
  "avro file": [avro({ framing: "ocf" }), ORDERS, { schema: ORDER }, (value) => [value]],
  "avro file, compressed": [
    avro({ framing: "ocf" }),
    ORDERS,
    { schema: ORDER, compressed: true },
    (value) => [value],
  ],
  "avro of several framings": [avro({ writer: ORDER, framing: ["glue", "confluent"], anyId: true }), ORDERS],
  "protobuf glue, compressed": [
    protobuf({ ...FILES, framing: "glue", anyId: true }),
    LINES,
    { compressed: true },
  ],
  "protobuf confluent, in a header": [
    protobuf({ ...FILES, framing: "confluent", anyId: true }),
    LINES,
    { idInHeader: true },
  ],
  "protobuf apicurio, in headers": [
    protobuf({ ...FILES, framing: "apicurio", anyId: true }),
    LINES,
    { idInHeader: true },
  ],
  "protobuf, a nested message": [
    protobuf({ ...FILES, message: "shop.Order.Line", framing: "confluent", anyId: true }),
    [{ sku: "x", count: 1n }],
  ],
  "text utf-8": [text(), ["ä€", ""]],
  "text utf-16": [text({ encoding: "utf-16" }), ["ä€"]],
  "text iso-8859-1": [text({ encoding: "iso-8859-1" }), ["äÿ"]],
  bytes: [bytes(), [Uint8Array.of(0, 255)]],
  "bytes of Confluent": [bytes({ framing: "confluent" }), [Uint8Array.of(0, 255)]],
  int16: [primitive("int16"), [-2, 32767]],
  int32: [primitive("int32"), [-2147483648]],
  int64: [primitive("int64"), [-(2n ** 63n), 1n]],
  float: [primitive("float"), [0.5]],
  double: [primitive("double"), [0.1]],
  uuid: [primitive("uuid"), [UUID]],
};

function each(framings, side) {
  const named = (framing) => {
    const made = side(framing);
    return [`${made[0].format} ${framing}`, made];
  };
  return Object.fromEntries(framings.map(named));
}

for (const [name, [side, values, writing, expected = (value) => value]] of Object.entries(SIDES)) {
  for (const slot of ["key", "value"]) {
    test(`${name}, ${slot}`, () => {
      const config = { [slot]: side };
      const events = kafkaEvents(config, writing === undefined ? {} : { [slot]: writing });
      const event = events.msk(values.map((value) => ({ [slot]: value })));
      const decoder = createDecoderSync(config);
      const batch = decoder.decodeEvent(event);
      assert.deepEqual(
        [...batch].map((record) => record[slot]),
        values.map(expected),
      );
      assert.deepEqual(batch.errors, new Map());
      decoder.dispose();
    });
  }
}

const MAPPED = {
  confluent: [avro({ writer: ORDER, ids: [42] }), ORDERS, { schemaId: "42", dataFormat: "AVRO" }],
  "confluent by its framing": [
    avro({ writer: ORDER, framing: ["confluent", "esm"], anyId: true }),
    ORDERS,
    { schemaId: "1", dataFormat: "AVRO" },
  ],
  glue: [avro({ writer: ORDER, ids: [UUID] }), ORDERS, { schemaId: UUID, dataFormat: "AVRO" }],
  "protobuf of Confluent": [
    protobuf({ ...FILES, ids: [7] }),
    LINES,
    { schemaId: "7", dataFormat: "PROTOBUF" },
  ],
  "protobuf of Glue": [
    protobuf({ ...FILES, ids: [UUID] }),
    LINES,
    { schemaId: UUID, dataFormat: "PROTOBUF" },
  ],
  json: [json(), [{ a: 1 }], { schemaId: "1", dataFormat: "JSON" }],
};

for (const [name, [side, values, metadata]] of Object.entries(MAPPED)) {
  test(`a mapping with a registry: ${name}`, () => {
    const config = { value: side };
    const event = kafkaEvents(config, { eventRecordFormat: "SOURCE" }).msk(
      values.map((value) => ({ value })),
    );
    const records = event.records["topic-0"];
    assert.deepEqual(records[0].valueSchemaMetadata, metadata);
    const esm = createDecoderSync({ value: { ...side, framing: "esm" } });
    assert.deepEqual(
      [...esm.decodeEvent(event)].map((record) => record.value),
      values,
    );
    const converted = kafkaEvents(config, { eventRecordFormat: "JSON" }).msk(
      values.map((value) => ({ value })),
    );
    const [first] = converted.records["topic-0"];
    assert.deepEqual(first.valueSchemaMetadata, { ...metadata, dataFormat: "JSON" });
    const [{ value }] = esm.decodeEvent(converted);
    assert.equal(canonicalJson(value), canonicalJson(values[0]));
  });
}

test("a mapping leaves what no registry knows", () => {
  const event = kafkaEvents({}, { eventRecordFormat: "SOURCE" }).msk([{ key: "a", value: "b" }]);
  assert.deepEqual(Object.keys(event.records["topic-0"][0]).slice(-3), ["key", "value", "headers"]);
});

const MESSAGES = { order: "shop.Order", cancelled: "shop.Cancelled", "order-line": "shop.Order.Line" };

for (const { name, config, schemas, event } of cases().filter(({ name }) => name.startsWith("interop/"))) {
  test(`what producers write: ${name}`, () => {
    const decoder = createDecoderSync(config);
    for (const schema of schemas) {
      decoder.addSchema(schema);
    }
    const decoded = [...decoder.decodeEvent(event)];
    const [schema] = schemas;
    const message = MESSAGES[/protobuf-(.*?)(?:-zlib)?$/.exec(name)?.[1]];
    const value = {
      ...(schema && { schema: schema.schema, id: schema.reference, references: schema.references }),
      ...(message && { message }),
      compressed: name.endsWith("zlib"),
    };
    const ids = decoded.map((record) => record.valueSchema);
    const built = kafkaEvents(config, { value }).msk(
      decoded.map((record, i) => ({
        value: written(record.value, ids[i] === undefined ? {} : { id: ids[i] }),
      })),
    );
    const theirs = Object.values(JSON.parse(event.toString()).records).flat();
    const ours = Object.values(built.records).flat();
    assert.deepEqual(
      ours.map((record) => payload(record)),
      theirs.map((record) => payload(record)),
    );
  });
}

/** A payload's bytes, inflated: how hard a serializer compresses is its own affair. */
function payload({ value }) {
  if (value === undefined) {
    return undefined;
  }
  const bytes = Buffer.from(value, "base64");
  const compressed = bytes[0] === 3 && bytes[1] === 5;
  return (
    compressed ? Buffer.concat([bytes.subarray(0, 18), inflateSync(bytes.subarray(18))]) : bytes
  ).toString("hex");
}

test("records have what an event's have", () => {
  const events = kafkaEvents({ value: json() }, { topic: "orders" });
  const event = events.msk([
    {
      key: "a",
      value: 1,
      headers: [
        ["h", "ë"],
        ["h", null],
        ["b", Uint8Array.of(200)],
      ],
    },
    { partition: 1, offset: 7, timestamp: 5, timestampType: "LOG_APPEND_TIME", key: null, value: null },
    { partition: 1 },
    { topic: "other-topic" },
    {},
  ]);
  const common = { timestampType: "CREATE_TIME", headers: [] };
  assert.deepEqual(event.records, {
    "orders-0": [
      {
        topic: "orders",
        partition: 0,
        offset: 0,
        timestamp: 1_704_067_200_000,
        timestampType: "CREATE_TIME",
        key: "YQ==",
        value: "MQ==",
        headers: [{ h: [-61, -85] }, { h: null }, { b: [-56] }],
      },
      { topic: "orders", partition: 0, offset: 1, timestamp: 3005, ...common },
    ],
    "orders-1": [
      {
        topic: "orders",
        partition: 1,
        offset: 7,
        timestamp: 5,
        timestampType: "LOG_APPEND_TIME",
        key: null,
        value: null,
        headers: [],
      },
      { topic: "orders", partition: 1, offset: 8, timestamp: 1005, ...common },
    ],
    "other-topic-0": [{ topic: "other-topic", partition: 0, offset: 0, timestamp: 2005, ...common }],
  });
  const [first, second, third] = createDecoderSync({ value: json() }).decodeEvent(event);
  assert.deepEqual([first.value, first.headers.get("b").bytes], [1, Uint8Array.of(200)]);
  assert.deepEqual([second.valueTombstone, third.valueTombstone], ["absent", "null"]);
});

test("the same records give the same event", () => {
  const build = () =>
    kafkaEvents(
      { value: avro({ writer: ORDER, framing: "glue", anyId: true }) },
      { value: { compressed: true } },
    );
  const records = ORDERS.map((value) => ({ value }));
  const events = build();
  assert.deepEqual(events.msk(records), build().msk(records));
  assert.deepEqual(events.msk(records), events.msk(records));
});

test("self-managed clusters have no ARN", () => {
  const event = kafkaEvents().selfManaged([{ value: "a" }]);
  assert.deepEqual(Object.keys(event), ["eventSource", "bootstrapServers", "records"]);
  assert.equal(event.eventSource, "SelfManagedKafka");
});

test("topics have their own sides", () => {
  const config = { value: json(), topics: { audit: { value: text() } } };
  const event = kafkaEvents(config).msk([{ value: "a" }, { topic: "audit", value: "a" }]);
  assert.deepEqual(
    Object.values(event.records).map(([{ value }]) => value),
    ["ImEi", "YQ=="],
  );
});

test("a schema that evolves, and a payload that is none", () => {
  const [v1, v2] = [["id"], ["id", "name"]].map((names) => ({
    type: "record",
    name: "R",
    fields: names.map((name) => ({ name, type: "string" })),
  }));
  const config = { value: avro({ framing: "confluent" }) };
  const event = kafkaEvents(config, { value: { schema: v2, id: 2 } }).msk([
    { value: written({ id: "a" }, { schema: v1, id: 1 }) },
    { value: { id: "b", name: "c" } },
    { value: raw("broken") },
    { value: raw(Uint8Array.of(0, 0, 0, 0, 2, 2)) },
  ]);
  const decoder = createDecoderSync(config);
  assert.deepEqual(decoder.missingSchemas(event), ["confluent:1", "confluent:2"]);
  decoder.addSchema({ reference: "confluent:1", type: "AVRO", schema: JSON.stringify(v1) });
  decoder.addSchema({ reference: "confluent:2", type: "AVRO", schema: JSON.stringify(v2) });
  const results = [...decoder.decodeEvent(event)].map(
    ({ valueResult }) => valueResult.value ?? valueResult.error.code,
  );
  assert.deepEqual(results, [{ id: "a" }, { id: "b", name: "c" }, "CONFLUENT_MAGIC", "AVRO_TRUNCATED"]);
});

test("what doesn't fit is refused", () => {
  const orders = kafkaEvents({ value: avro({ writer: ORDER }) });
  assert.throws(() => orders.msk([{ value: { id: "x" } }]), {
    name: "DecodeError",
    code: "ENCODE_VALUE",
    path: "$.id",
  });
  assert.throws(() => kafkaEvents({ value: avro() }).msk([{ value: 1 }]), /expected a schema to write with/);
  assert.throws(
    () => kafkaEvents({ value: json({ framing: "glue" }) }, { value: { id: 42 } }).msk([{ value: 1 }]),
    /scheme glue/,
  );
  assert.throws(
    () => kafkaEvents({ value: json({ framing: "glue" }) }, { value: { id: "x" } }).msk([{ value: 1 }]),
    /expected an id/,
  );
});

test("a header called __proto__ is one", () => {
  const event = kafkaEvents().msk([{ value: "", headers: [["__proto__", "x"]] }]);
  assert.deepEqual(Object.keys(event.records["topic-0"][0].headers[0]), ["__proto__"]);
});

test("on-failure records are read as what they are", () => {
  const decoder = createDecoderSync({ value: json() });
  const event = kafkaEvents({ value: json() }, { topic: "orders" }).msk([
    { value: 1 },
    { value: 2, partition: 1 },
  ]);
  const s3 = onFailure(event);
  assert.deepEqual(
    [...decoder.decodeEvent(s3)].map(({ value }) => value),
    [1, 2],
  );
  for (const destination of ["s3", "sqs", "sns"]) {
    for (const condition of ["RetryAttemptsExhausted", "MaximumPayloadSizeExceeded"]) {
      const { kind, parts } = decoder.envelope(onFailure(event, { destination, condition }));
      assert.equal(kind, destination === "s3" ? "on-failure" : destination);
      assert.equal(parts[0].within.at(-1).condition, condition);
      assert.deepEqual(
        parts[0].partitions.map(({ topic, partition }) => [topic, partition]),
        [
          ["orders", 0],
          ["orders", 1],
        ],
      );
    }
  }
});
