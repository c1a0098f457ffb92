// What decoders of Kafka events in Lambda were seen to get wrong, some only after certain other records: right here, for
// handlers of Powertools and for the decoder, whatever came before. The product is that of the other packages' measurements.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kafkalens } from "../support/package.mjs";
import { base64, hex, LAPTOP, outcome, PACKAGES, Product } from "./support.mjs";

const { kafkaConsumer } = await PACKAGES.kafkalens();
const { avro, createDecoderSync, protobuf } = kafkalens;
const UUID = "89791762-2336-4186-9674-299b90a802e2";
const GLUE = `0300${UUID.replaceAll("-", "")}`;

/** Message indexes as Confluent's Java client writes them, by the path that they are. */
const INDEXES = {
  0: "00",
  1: "02 02",
  2: "02 04",
  5: "02 0a",
  63: "02 7e",
  64: "02 80 01",
  70: "02 8c 01",
  300: "02 d8 04",
  "0_0": "04 00 00",
  "1_0": "04 02 00",
  "2_0_1": "06 04 00 02",
};

/** Every item after every other one, and itself; then all of them shuffled, with a seed. */
function* orders(items) {
  for (const first of items) {
    for (const second of items) {
      yield [first, second];
    }
  }
  let seed = 1;
  for (let round = 0; round < 50; round++) {
    const left = [...items];
    const order = [];
    while (left.length > 0) {
      seed = (seed * 48_271) % 2_147_483_647;
      order.push(...left.splice(seed % left.length, 1));
    }
    yield order;
  }
}

const event = (records) => ({
  eventSource: "aws:kafka",
  records: {
    "t-0": records.map((record, offset) => ({ topic: "t", partition: 0, offset, headers: [], ...record })),
  },
});

/** Has one reader read the rows `{ record, gives }` in many orders. */
async function inAnyOrder(rows, read) {
  for (const order of orders(rows)) {
    const seen = await read(event(order.map(({ record }) => record)));
    assert.deepEqual(
      seen,
      order.map(({ gives }) => gives),
    );
  }
}

const confluent = (payload) => ({ value: hex(payload), valueSchemaMetadata: metadata("42") });
const glue = (payload) => ({ value: hex(payload), valueSchemaMetadata: metadata(UUID) });
const metadata = (schemaId) => ({ dataFormat: "PROTOBUF", schemaId });

test("powertools: message indexes of both registries, and none", async () => {
  const gives = "{ id: 1001, name: 'Laptop', price: 999.99 }";
  const payloads = [
    ...Object.values(INDEXES).map((index) => confluent(`${index} ${LAPTOP}`)),
    // Unsigned, as old clients wrote them: [1], [1, 0], [1, 1] and [0, 8], which begins as [0] written out does.
    ...["01 01", "02 01 00", "02 01 01", "02 00 08"].map((index) => confluent(`${index} ${LAPTOP}`)),
    ...["00", "01", "7f", "80 01", "ac 02"].map((index) => glue(`${index} ${LAPTOP}`)),
    { value: hex(LAPTOP) },
    { value: hex(LAPTOP), valueSchemaMetadata: { dataFormat: "PROTOBUF" } },
  ];
  const see = async ({ records }) => records.map((record) => outcome(() => Product.toObject(record.value)));
  const handler = kafkaConsumer(see, { value: { type: "protobuf", schema: Product } });
  const rows = payloads.map((record) => ({ record, gives }));
  rows.push({ record: confluent("02 00"), gives: "{}" });
  await inAnyOrder(rows, (given) => handler(given, {}));
});

/** Messages whose only field is called by the message's own path, so that a value tells which message it was read as. */
function schemaOfPaths() {
  const message = (path, inner = "") =>
    `message M${path.split("_").at(-1)} { int32 m_${path} = 1; string name = 2; double price = 3; ${inner} }`;
  const nested = {
    0: message("0_0"),
    1: message("1_0"),
    2: message("2_0", `${message("2_0_0")} ${message("2_0_1")}`),
  };
  return ['syntax = "proto3";', ...Array.from({ length: 301 }, (_, i) => message(String(i), nested[i]))].join(
    "\n",
  );
}

test("the decoder: message indexes choose the message", async () => {
  const decoder = createDecoderSync({
    value: protobuf({ files: [{ name: "m.proto", text: schemaOfPaths() }], framing: "esm", anyId: true }),
    fieldNames: "declared",
  });
  const rows = Object.entries(INDEXES).map(([path, index]) => ({
    record: confluent(`${index} ${LAPTOP}`),
    gives: { [`m_${path}`]: 1001, name: "Laptop", price: 999.99 },
  }));
  // Glue counts all messages in the order of their names: M0, M0.M0, M1, M1.M0, M10, …
  const names = Array.from({ length: 301 }, (_, i) => `M${i}`);
  names.push("M0.M0", "M1.M0", "M2.M0", "M2.M0.M0", "M2.M0.M1");
  names.sort();
  for (const [index, bytes] of [
    [0, "00"],
    [1, "01"],
    [127, "7f"],
    [128, "80 01"],
    [300, "ac 02"],
  ]) {
    const path = names[index].replaceAll("M", "").replaceAll(".", "_");
    rows.push({
      record: glue(`${bytes} ${LAPTOP}`),
      gives: { [`m_${path}`]: 1001, name: "Laptop", price: 999.99 },
    });
  }
  await inAnyOrder(rows, (given) =>
    Array.from(decoder.decodeEvent(given), (record) => ({ ...record.value })),
  );
});

const PRODUCT = {
  type: "record",
  name: "Product",
  namespace: "Order V1",
  fields: [
    { name: "id", type: "long" },
    { name: "name", type: "string" },
    { name: "price", type: "double" },
  ],
};
const DATUM = "d20f 0c4c6170746f70 52b81e85eb3f8f40";
const FAR = "feffffffffffffffff01 00 0000000000000000";

test("the decoder: Avro behind either prefix, evolved, with longs of 64 bits, names as they are and nothing left over", async () => {
  const reader = { ...PRODUCT, fields: [...PRODUCT.fields, { name: "stock", type: "int", default: 3 }] };
  const decoder = createDecoderSync({
    value: avro({ writer: PRODUCT, reader, framing: ["confluent", "glue", "none"], anyId: true }),
  });
  const laptop = { id: 1001n, name: "Laptop", price: 999.99, stock: 3 };
  const far = { id: 9223372036854775807n, name: "", price: 0, stock: 3 };
  const rows = ["00 0000002a", GLUE, ""].flatMap((prefix) => [
    { record: { value: hex(`${prefix}${DATUM}`) }, gives: laptop },
    { record: { value: hex(`${prefix}${FAR}`) }, gives: far },
    { record: { value: hex(`${prefix}${DATUM}00`) }, gives: "AVRO_TRAILING" },
  ]);
  rows.push({ record: { value: null }, gives: null }, { record: {}, gives: null });
  await inAnyOrder(rows, (given) =>
    Array.from(decoder.decodeEvent(given), ({ valueResult: { ok, value, error } }) =>
      ok ? value : error.code,
    ),
  );
});

test("powertools: JSON that doesn't parse is the text, beside JSON that does", async () => {
  const rows = [
    { record: { value: base64('{"id":1}') }, gives: { id: 1 } },
    { record: { value: base64('{"id":') }, gives: '{"id":' },
    { record: { value: null }, gives: null },
  ];
  const handler = kafkaConsumer(async ({ records }) => records.map(({ value }) => value), {
    value: { type: "json" },
  });
  await inAnyOrder(rows, (given) => handler(given, {}));
});
