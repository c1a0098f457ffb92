// Records that follow one like them are decoded without looking anything up: in any mixture, each is what it is alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kafkalens } from "./support/package.mjs";
import { random } from "./support/random.mjs";

const schema = JSON.stringify({
  type: "record",
  name: "R",
  fields: [
    { name: "id", type: "string" },
    { name: "n", type: ["null", "long"] },
    { name: "m", type: { type: "map", values: "int" } },
  ],
});
const other = JSON.stringify({ type: "record", name: "R", fields: [{ name: "flag", type: "boolean" }] });

const text = (value) => [value.length * 2, ...Buffer.from(value)];
const datum = (i) => [...text(`id-${i}`), 2, ...varint(2 * i), 2, ...text(`k${i % 5}`), 6, 0];
const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >> 7)]);
const framed = (id, bytes) => [0, 0, 0, 0, id, ...bytes];

/** Values of a side, good and bad: some have as many bytes as their neighbours. */
const values = {
  good: (i) => framed(1, datum(i)),
  long: (i) => framed(1, [...text("x".repeat(40 + (i % 30))), 0, 0]),
  accented: (i) => framed(1, [30, ...Buffer.from("Müller-Łódź"), 0, 0, i % 2]),
  other: (i) => framed(2, [i % 2]),
  unknown: (i) => framed(9, datum(i)),
  truncated: (i) => framed(1, datum(i).slice(0, -2)),
  trailing: (i) => framed(1, [...datum(i), 0]),
  damaged: (i) => framed(1, [4, 0xff, 0xfe, 0, i % 2]),
  bare: () => [1, 2, 3],
  empty: () => [],
};

/** How a payload may stand in an event. */
const writings = [
  (bytes) => Buffer.from(bytes).toString("base64"),
  (bytes) => Buffer.from(bytes).toString("base64"),
  (bytes) => Buffer.from(bytes).toString("base64"),
  (bytes) => Buffer.from(bytes).toString("base64").replace(/=+$/, ""),
  (bytes) => `${Buffer.from(bytes).toString("base64")}=`,
  (bytes) => `QQ==${Buffer.from(bytes).toString("base64")}`,
  (bytes) => Buffer.from(bytes).toString("base64url"),
  (bytes) => `${Buffer.from(bytes).toString("base64").slice(1)}é`,
  () => null,
  () => undefined,
  () => 7,
];

function record(chance, i) {
  const rarely = (list) => (chance.below(8) === 0 ? chance.pick(list) : list[0]);
  const write = rarely(writings);
  const name = rarely(Object.keys(values));
  const key = rarely([Buffer.from(`key-${i}`), Buffer.from("ключ"), [0xff, 0xfe], []]);
  return {
    topic: rarely(["t", "u"]),
    partition: 0,
    offset: i,
    timestamp: 1,
    timestampType: "CREATE_TIME",
    key: rarely(writings)([...key]),
    value: write(values[name](i)),
    headers: rarely([[], [{ "content-type": [116] }]]),
    valueSchemaMetadata: rarely([{}, { dataFormat: "AVRO" }, { dataFormat: "JSON" }]),
  };
}

const configs = [
  { value: { format: "avro", framing: "confluent" } },
  { key: { format: "bytes" }, value: { format: "avro", framing: "confluent" } },
  { key: { format: "avro", framing: "confluent" }, value: { format: "text" } },
  { value: { format: "json" }, key: { format: "json" } },
];

test("in any mixture a record is what it is alone", () => {
  const chance = random(4711);
  for (let round = 0; round < 24; round++) {
    const decoder = kafkalens.createDecoderSync(configs[round % configs.length]);
    decoder.addSchema({ reference: "confluent:1", type: "AVRO", schema });
    decoder.addSchema({ reference: "confluent:2", type: "AVRO", schema: other });
    const list = Array.from({ length: 600 }, (_, i) => record(chance, i));
    const records = { "t-0": list.slice(0, 300), "u-0": list.slice(300) };
    const together = JSON.parse(JSON.stringify(decoder.decodeEvent({ records }))).records;
    const asText = decoder.decodeEvent(JSON.stringify({ records }));
    assert.deepStrictEqual(together, JSON.parse(JSON.stringify(asText)).records);
    for (let i = 0; i < list.length; i += 7) {
      const name = i < 300 ? "t-0" : "u-0";
      const [alone] = JSON.parse(
        JSON.stringify(decoder.decodeEvent({ records: { [name]: [list[i]] } })),
      ).records;
      // Its place in the event is another.
      assert.deepStrictEqual(placeless(together[i]), placeless(alone));
    }
    decoder.dispose();
  }
});

const placeless = (record) => JSON.stringify(record).replace(/(records\[\\?"[tu]-0\\?"\])\[\d+\]/g, "$1");

test("what is decoded before a failure stays, and what comes behind it too", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "avro", writer: JSON.parse(schema) } });
  const list = Array.from({ length: 200 }, (_, i) => ({
    topic: "t",
    partition: 0,
    offset: i,
    key: i % 50 === 20 ? null : Buffer.from(`key-${i}`).toString("base64"),
    value: Buffer.from(i % 50 === 10 ? datum(i).slice(0, 4) : datum(i)).toString("base64"),
  }));
  const batch = decoder.decodeEvent({ records: { "t-0": list } });
  for (const [i, record] of [...batch].entries()) {
    assert.equal(record.key, i % 50 === 20 ? null : `key-${i}`);
    assert.deepStrictEqual(
      record.valueResult.ok ? record.value : record.valueResult.error.code,
      i % 50 === 10 ? "AVRO_TRUNCATED" : { id: `id-${i}`, n: BigInt(i), m: { [`k${i % 5}`]: 3 } },
    );
  }
  assert.deepStrictEqual(batch.stats, { records: 200, ok: 196, failed: 4, tombstones: 0 });
});

test("the limit on what a chunk may hold stops those that follow", () => {
  const decoder = kafkalens.createDecoderSync({ limits: { outputBytes: 2000 } });
  const list = Array.from({ length: 100 }, (_, i) => ({
    topic: "t",
    partition: 0,
    offset: i,
    key: Buffer.from("k".repeat(30)).toString("base64"),
    value: Buffer.from("v".repeat(30)).toString("base64"),
  }));
  const event = { records: { "t-0": list } };
  const object = decoder.decodeEvent(event);
  assert.deepStrictEqual(
    JSON.parse(JSON.stringify(object)),
    JSON.parse(JSON.stringify(decoder.decodeEvent(JSON.stringify(event)))),
  );
  const codes = [...object].map(({ valueResult }) => (valueResult.ok ? "" : valueResult.error.code));
  assert.equal(codes[0], "");
  assert.equal(codes[99], "OUTPUT_LIMIT");
});
