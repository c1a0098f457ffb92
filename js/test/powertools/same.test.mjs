// What handlers of Powertools can see is the same with this package in its place.

import assert from "node:assert/strict";
import { test } from "node:test";
import protobuf from "protobufjs";
import { z } from "zod";
import {
  base64,
  datum,
  event,
  FULL_PRODUCT,
  hex,
  LAPTOP,
  logged,
  ORDER,
  ORDER_SCHEMA,
  outcome,
  PACKAGES,
  Product,
  run,
  shown,
} from "./support.mjs";

const incumbent = await PACKAGES.incumbent();
const kafkalens = await PACKAGES.kafkalens();
const AVRO = { type: "avro", schema: ORDER_SCHEMA };
const order = datum(ORDER_SCHEMA, ORDER);
const CONFLUENT = { dataFormat: "PROTOBUF", schemaId: "42" };
const GLUE = { dataFormat: "PROTOBUF", schemaId: "89791762-2336-4186-9674-299b90a802e2" };
const product = { type: "protobuf", schema: Product };

/** What protobufjs generates has static methods. */
const Static = Object.assign(class Product {}, {
  decode: (reader, length) => Product.decode(reader, length),
});

/** Name → the event and the configuration of a consumer whose every record is then looked at from all sides. */
const CASES = {
  "no configuration": [event({ key: base64("k"), value: base64("text") }, { value: base64([0xff, 0x41]) })],
  "text begins with a byte order mark": [event({ value: base64([0xef, 0xbb, 0xbf, 0x41]) })],
  "key absent, null, empty": [event({ value: "" }, { key: null, value: "" }, { key: "", value: "" })],
  "value absent, null, empty": [event({ key: "aw==" }, { value: null }, { value: "" })],
  "base64 of broken length": [event({ key: "a", value: "YWI" })],
  "base64 of another alphabet": [event({ key: "_-__", value: "YW Jj" })],
  "base64 with bits to spare": [event({ key: "abcDEFghiJKLmnoPQRstuVWXyz1234==", value: "" })],
  json: [
    event({ key: base64('"k"'), value: base64('{"b":1,"a":[null,1.5,true],"__proto__":{"x":1}}') }),
  ].concat({
    key: { type: "json" },
    value: { type: "json" },
  }),
  "json that is none": [
    event({ key: base64("recordKey"), value: "" }),
    { key: { type: "json" }, value: { type: "json" } },
  ],
  "json with integers beyond 2^53": [
    event({ value: base64("9007199254740993") }),
    { value: { type: "json" } },
  ],
  "json that is broken base64": [event({ value: "YWI" }), { value: { type: "json" } }],
  avro: [event({ value: order }), { value: AVRO }],
  "avro in keys": [
    event({ key: datum('"string"', "k"), value: order }),
    { key: { type: "avro", schema: '"string"' }, value: AVRO },
  ],
  "avro tombstones": [event({}, { value: null }, { value: order }), { value: AVRO }],
  "avro by its name alone": [
    event({ value: datum('"string"', "k") }),
    { value: { type: "avro", schema: "string" } },
  ],
  "avro as an object": [
    event({ value: order }),
    { value: { type: "avro", schema: JSON.parse(ORDER_SCHEMA) } },
  ],
  "avro without bits to spare": [
    event({ value: datum('"bytes"', Buffer.from("é")) }),
    { value: { type: "avro", schema: '"bytes"' } },
  ],
  "avro that isn't UTF-8": [
    event({ value: hex("04 c328") }),
    { value: { type: "avro", schema: '"string"' } },
  ],
  "avro, all unions": [
    event(
      ...[
        null,
        { int: 1 },
        { "a.R": { f: 1 } },
        { array: ["x"] },
        { "a.E": "S" },
        { bytes: Buffer.from([1]) },
      ].map((v) => ({ value: datum(UNIONS(), v) })),
    ),
    { value: { type: "avro", schema: UNIONS() } },
  ],
  "avro maps": [
    event({ value: datum('{"type":"map","values":"long"}', { b: 1, a: 2 ** 52, 1: 3 }) }),
    { value: { type: "avro", schema: '{"type":"map","values":"long"}' } },
  ],
  "avro numbers": [
    event(
      ...[1.5, -0, 1e308, Number.NaN, Number.NEGATIVE_INFINITY].map((v) => ({ value: datum('"double"', v) })),
    ),
    { value: { type: "avro", schema: '"double"' } },
  ],
  "avro logical types of fixed": [
    event({ value: hex("00010203 04050607 08090a0b 0c0d0e0f") }),
    { value: { type: "avro", schema: '{"type":"fixed","name":"U","size":16,"logicalType":"uuid"}' } },
  ],
  "avro under a mapping with a registry": [
    event({ value: order, valueSchemaMetadata: { dataFormat: "AVRO", schemaId: "42" } }),
    { value: AVRO },
  ],
  "avro with metadata of something else": [
    event({ value: order, valueSchemaMetadata: { dataFormat: "JSON" } }),
    { value: AVRO },
  ],
  "no schema": [
    event({ key: "AA==", value: "AA==" }),
    { key: { type: "protobuf" }, value: { type: "avro" } },
  ],
  "no schema, tombstones": [event({}), { key: { type: "avro", schema: "" }, value: { type: "protobuf" } }],
  "protobuf with metadata that names no schema": [
    event({ value: hex(LAPTOP), valueSchemaMetadata: { dataFormat: "PROTOBUF" } }),
    { value: product },
  ],
  "protobuf, every field": [
    event({ value: FULL_PRODUCT, valueSchemaMetadata: { dataFormat: "PROTOBUF" } }),
    { value: product },
  ],
  "protobuf, empty": [
    event({ value: "", valueSchemaMetadata: { dataFormat: "PROTOBUF" } }),
    { value: product },
  ],
  "protobuf, first message": [
    event({ value: hex(`00${LAPTOP}`), valueSchemaMetadata: CONFLUENT }),
    { value: product },
  ],
  "protobuf, old client": [
    event({ value: hex(`02 01 00 ${LAPTOP}`), valueSchemaMetadata: CONFLUENT }),
    { value: product },
  ],
  "protobuf of Glue": [event({ value: hex(`01${LAPTOP}`), valueSchemaMetadata: GLUE }), { value: product }],
  "protobuf of Glue, index of two bytes": [
    event({ value: hex(`8101${LAPTOP}`), valueSchemaMetadata: GLUE }),
    { value: product },
  ],
  "protobuf under ids that are neither numbers nor UUIDs": [
    event(
      ...["", "v7", "12345678901", "shop.orders-value"].map((schemaId) => ({
        value: hex(`00${LAPTOP}`),
        valueSchemaMetadata: { dataFormat: "PROTOBUF", schemaId },
      })),
    ),
    { value: product },
  ],
  "avro under an id that is neither a number nor a UUID": [
    event({ value: order, valueSchemaMetadata: { dataFormat: "AVRO", schemaId: "v7" } }),
    { value: AVRO },
  ],
  "protobuf in keys": [
    event(
      { key: hex(`00${LAPTOP}`), keySchemaMetadata: CONFLUENT },
      { key: "", keySchemaMetadata: CONFLUENT },
    ),
    { key: product, value: { type: "json" } },
  ],
  "protobuf by a class of one's own": [
    event({ value: hex(`00${LAPTOP}`), valueSchemaMetadata: CONFLUENT }),
    { value: { type: "protobuf", schema: Static } },
  ],
  "a parser schema that fits": [
    event({ key: base64("7"), value: base64('{"id":1,"more":2}') }, { value: null }, {}),
    {
      key: { type: "json", parserSchema: z.coerce.string() },
      value: { type: "json", parserSchema: z.object({ id: z.number() }) },
    },
  ],
  "a parser schema that doesn't": [
    event({ key: base64("7"), value: base64('{"id":"1"}') }),
    {
      key: { type: "json", parserSchema: z.string() },
      value: { type: "json", parserSchema: z.object({ id: z.number() }) },
    },
  ],
  "a parser schema that is asynchronous": [
    event({ value: base64("1") }),
    { value: { type: "json", parserSchema: z.number().refine(async () => true) } },
  ],
  "a parser schema over Avro": [
    event({ value: order }),
    { value: { ...AVRO, parserSchema: z.object({ name: z.string(), id: z.number() }) } },
  ],
  "a type that there isn't": [event({ value: "" }), { value: { type: "xml" } }],
  "a type that there isn't, of keys": [
    event({ value: "" }),
    { key: { type: "xml" }, value: { type: "yaml" } },
  ],
  "a type that there isn't, without records": [event(), { value: { type: "xml" } }],
  "headers null": [event({ headers: null, value: "" })],
  "headers empty": [event({ headers: [], value: "" })],
  "headers twice, signed, two in one": [
    event({
      headers: [{ h: [-61, -85] }, { h: [195, 171] }, { a: [49], b: [50] }, {}, { bin: [255, 0] }],
      value: "",
    }),
  ],
  "a header that is called __proto__": [event({ headers: [JSON.parse('{"__proto__":[49]}')], value: "" })],
  "fields that aren't documented": [event({ value: "", more: { x: 1 } })],
  "fields that are missing": [{ records: { x: [{ value: base64("a"), headers: null }] } }],
  "several partitions": [
    {
      ...event({ value: base64("a") }),
      records: {
        "t-1": event({ value: base64("b") }).records["orders-0"],
        "t-0": [],
        7: event({ value: base64("c") }).records["orders-0"],
      },
    },
  ],
  "self-managed Kafka": [
    { ...event({ value: base64("a") }), eventSource: "SelfManagedKafka", eventSourceArn: undefined },
  ],
  "no event": [null],
  "an event without records": [{ eventSource: "aws:kafka" }],
  "records that are a list": [{ records: [] }],
  "records that aren't lists": [{ records: { "t-0": {} } }],
  "a record that is null": [{ records: { "t-0": [null] } }],
};

function UNIONS() {
  return JSON.stringify([
    "null",
    { type: "int", logicalType: "date" },
    { type: "record", name: "a.R", fields: [{ name: "f", type: "int" }] },
    { type: "array", items: "string" },
    { type: "enum", name: "a.E", symbols: ["S"] },
    "bytes",
  ]);
}

/** All of a record that can be seen. */
function seen(record) {
  const accessors = Object.entries(Object.getOwnPropertyDescriptors(record)).filter(([, { get }]) => get);
  const parts = ["key", "value", "headers"];
  return {
    names: Object.keys(record),
    all: Reflect.ownKeys(record).length,
    prototype: Object.getPrototypeOf(record) === Object.prototype,
    accessors: accessors.map(([name, { set, enumerable, configurable }]) => [
      name,
      set,
      enumerable,
      configurable,
    ]),
    parts: parts.map((name) => outcome(() => record[name])),
    again: parts.map((name) => outcome(() => record[name])),
    causes: parts.map((name) => issues(() => record[name])),
    spread: outcome(() => ({ ...record })),
    json: outcome(() => JSON.stringify(record)),
    assigned: outcome(() => {
      record.value = 1;
    }),
  };
}

/** What stands behind an error of a parser: code of users reads it. */
function issues(read) {
  try {
    read();
    return undefined;
  } catch (error) {
    return error.name === "KafkaConsumerParserError" ? shown(error.cause) : undefined;
  }
}

for (const [name, [given, config]] of Object.entries(CASES)) {
  test(name, async () => {
    const see = (records, { records: _, ...rest }) => [rest, records.map(seen)];
    const theirs = await logged(() => run(incumbent, given, config, see));
    const ours = await logged(() => run(kafkalens, given, config, see));
    assert.deepEqual(ours.result, theirs.result);
    assert.notEqual(ours.result, undefined, "the handler ran, or the call was rejected");
    assert.deepEqual(ours.lines, []);
  });
}

test("the exports are the same", async () => {
  assert.deepEqual(Object.keys(kafkalens).sort(), Object.keys(incumbent).sort());
  assert.deepEqual(kafkalens.SchemaType, incumbent.SchemaType);
});

test("errors have the same classes", () => {
  for (const name of Object.keys(incumbent).filter((name) => name.endsWith("Error"))) {
    const [theirs, ours] = [incumbent, kafkalens].map((kafka) => new kafka[name]("why", { cause: 1 }));
    assert.equal(ours.constructor.name, name);
    assert.deepEqual([ours.name, ours.message, ours.cause], [theirs.name, theirs.message, theirs.cause]);
    assert.ok(ours instanceof kafkalens.KafkaConsumerError && ours instanceof Error);
    assert.deepEqual(Object.getOwnPropertyNames(ours).sort(), Object.getOwnPropertyNames(theirs).sort());
  }
});

test("the handler gets event and context alone, and its result is given", async () => {
  for (const kafka of [incumbent, kafkalens]) {
    const context = { awsRequestId: "1" };
    const handler = kafka.kafkaConsumer(async (...args) => args);
    const [given, ...others] = await handler(event(), context, "callback");
    assert.deepEqual([given.records, others], [[], [context]]);
    assert.equal(handler.length, 2);
    const failing = kafka.kafkaConsumer(async () => {
      throw new RangeError("mine");
    });
    await assert.rejects(failing(event(), context), { name: "RangeError", message: "mine" });
  }
});

test("a bad record throws from its own getter, and the handler runs", async () => {
  const given = event({ value: "AA==" }, { value: order }, { value: hex("ffff") });
  const see = (records) => records.map((record) => outcome(() => record.value));
  for (const kafka of [incumbent, kafkalens]) {
    const [first, second, third] = await run(kafka, given, { value: AVRO }, see);
    assert.match(first, /^throws KafkaConsumerDeserializationError: Failed to deserialize Avro message: /);
    assert.match(second, /^\{ id: 1001/);
    assert.match(third, /^throws KafkaConsumerDeserializationError: Failed to deserialize Avro message: /);
  }
});

test("a schema that is none is the error of the side", async () => {
  const see = (records) => records.map((record) => outcome(() => record.value));
  for (const kafka of [incumbent, kafkalens]) {
    const [told] = await run(
      kafka,
      event({ value: "AA==" }),
      { value: { type: "avro", schema: '{"type":"recrd"}' } },
      see,
    );
    assert.match(told, /^throws KafkaConsumerDeserializationError: Failed to deserialize Avro message: /);
  }
});

test("a message that is broken is the error of the side", async () => {
  const see = (records) => records.map((record) => outcome(() => record.value));
  const given = event({ value: hex("0a ff"), valueSchemaMetadata: { dataFormat: "PROTOBUF" } });
  for (const kafka of [incumbent, kafkalens]) {
    const [told] = await run(kafka, given, { value: product }, see);
    assert.match(told, /^throws KafkaConsumerDeserializationError: Failed to deserialize Protobuf message: /);
  }
});

test("types of protobufjs come out as its own", async () => {
  const given = event({ value: FULL_PRODUCT, valueSchemaMetadata: { dataFormat: "PROTOBUF" } });
  await run(kafkalens, given, { value: product }, ([{ value }]) => {
    assert.ok(value instanceof Product.ctor);
    assert.ok(protobuf.util.Long.isLong(value.stock) && Buffer.isBuffer(value.blob));
    assert.equal(value.shopName, "s");
  });
});
