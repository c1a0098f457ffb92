// An event object comes to the core as columns: what it gives is what the event's text gives.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fails } from "./support/events.mjs";
import { kafkalens } from "./support/package.mjs";

const { avro, createDecoderSync } = kafkalens;

const base = { topic: "t", partition: 0, offset: 1, timestamp: 5, timestampType: "CREATE_TIME" };
const base64 = (text) => Buffer.from(text).toString("base64");
const good = {
  ...base,
  key: base64("k"),
  value: base64("v"),
  headers: [{ h: [104, -61, 188] }, { a: null, b: [] }],
};

/** Records that Lambda doesn't write, each of them. */
const odd = [
  null,
  "text",
  [],
  { ...good, topic: undefined },
  { ...good, topic: "\ud800" },
  { ...good, partition: "3" },
  { ...good, partition: 1.5 },
  { ...good, partition: 2 ** 40 },
  { ...good, partition: Symbol("3") },
  { ...good, partition: Object.create(null) },
  { ...good, offset: 2 ** 53 },
  { ...good, offset: "1" },
  { ...good, timestamp: -1 },
  { ...good, timestamp: "now" },
  { ...good, timestampType: "OTHER" },
  { ...good, timestampType: 7 },
  { ...good, key: 1, value: {} },
  { ...good, value: "ÿÿÿÿ" },
  { ...good, value: "日本語日" },
  { ...good, key: "ŁŁŁŁ" },
  { ...good, value: "AA-_" },
  { ...good, value: "a" },
  { ...good, key: null, value: undefined },
  { ...good, key: "", value: "" },
  { ...good, headers: null },
  { ...good, headers: {} },
  { ...good, headers: [1] },
  { ...good, headers: [{ h: "x" }] },
  { ...good, headers: [{ h: [256] }] },
  { ...good, headers: [{ h: [1.5] }] },
  { ...good, headers: [{ h: [255, -128] }] },
  { ...good, headers: [{ h: [Symbol("1")] }] },
  { ...good, headers: [{ "\udc00": [1] }] },
  { ...good, valueSchemaMetadata: { schemaId: "7", dataFormat: "JSON" } },
  { ...good, valueSchemaMetadata: { schemaId: "no id" } },
  { ...good, valueSchemaMetadata: { schemaId: 7 } },
  { ...good, valueSchemaMetadata: { toJSON: () => ({ schemaId: 7 }) } },
  { ...good, keySchemaMetadata: [] },
  { ...good, keySchemaMetadata: {} },
  Object.assign(Object.create({ value: base64("inherited") }), base),
  { ...good, toJSON: () => ({ ...base, value: base64("made") }) },
];

const plain = (batch) => JSON.parse(JSON.stringify(batch));

/** The same through both doors. */
function same(decoder, event) {
  const object = decoder.decodeEvent(event);
  const text = decoder.decodeEvent(JSON.stringify(event));
  assert.deepStrictEqual(plain(object), plain(text));
  assert.deepStrictEqual(plain(object), JSON.parse(decoder.decodeEventJson(event)));
  assert.deepStrictEqual(object.stats, text.stats);
  assert.deepStrictEqual([...object.errors.keys()], [...text.errors.keys()]);
  return object;
}

test("odd records among good ones mean what their text means", () => {
  for (const framing of ["esm", "confluent"]) {
    using_(kafkalens.createDecoderSync({ value: { format: "text", framing } }), (decoder) => {
      for (const record of odd) {
        same(decoder, { records: { "t-0": [good, record, good], "u-v-1": [record] } });
      }
      same(decoder, { records: { "t-0": odd, empty: [], "no partition": odd } });
    });
  }
});

test("events that are built otherwise go as text", () => {
  using_(kafkalens.createDecoderSync({}), (decoder) => {
    for (const records of [
      null,
      {},
      { "t-0": null },
      { "t-0": 7, "t-1": [good] },
      { ["x".repeat(400)]: [good] },
      { [`${"x".repeat(249)}-2147483647`]: [good, 1] },
      { [`${"é".repeat(124)}-1`]: [good, 1] },
      { [`${"日".repeat(90)}-1`]: [good, 1] },
    ]) {
      same(decoder, { records });
    }
    assert.throws(() => decoder.decodeEvent({ records: [] }), { code: "EVENT_SHAPE" });
    assert.throws(() => decoder.decodeEvent({ records: { "t\ud800-0": [good] } }), {
      code: "EVENT_NOT_JSON",
    });
  });
  using_(kafkalens.createDecoderSync({ limits: { records: 1 } }), (decoder) => {
    assert.throws(() => decoder.decodeEvent({ records: { "t-0": [good, good] } }), { code: "EVENT_LIMIT" });
  });
});

test("the limit on records is the same for an object as for text, which the core reads", () => {
  using_(kafkalens.createDecoderSync({}), (decoder) => {
    for (const [records, code] of [
      [10_000, undefined],
      [10_001, "EVENT_LIMIT"],
    ]) {
      const event = { records: { "t-0": Array(records).fill(good) } };
      for (const given of [event, JSON.stringify(event)]) {
        const decode = () => decoder.decodeEvent(given).length;
        code === undefined ? assert.equal(decode(), records) : assert.throws(decode, { code });
      }
    }
  });
});

test("topics that make the core's memory grow while records are written lose none of them", () => {
  using_(kafkalens.createDecoderSync({ value: { format: "text" } }), (decoder) => {
    const records = Array.from({ length: 24 }, (_, i) => {
      const topic = `${"t".repeat(200_000)}${i}${i % 3 === 0 ? "\ud800" : ""}`;
      return { ...good, topic, offset: i, value: base64(`v${i}`) };
    });
    same(decoder, { records: { "t-0": [good, ...records, good] } });
  });
});

test("headers that framings read reach the core", () => {
  const bytes = [0, 0, 0, 0, 7];
  const guid = [1, ...Array(16).fill(9)];
  const type = [...Buffer.from(`avro/binary+${"a".repeat(32)}`)];
  const lists = [
    [{ __value_schema_id: bytes }],
    [{ __key_schema_id: guid, __value_schema_id: guid }],
    [{ "apicurio.value.globalId": [0, 0, 0, 0, 0, 0, 0, 5] }, { "apicurio.key.contentId": bytes }],
    [{ "Content-Type": type }],
    [
      { ce_specversion: [49, 46, 48], ce_type: [116] },
      { ce_id: [49], ce_source: [47] },
    ],
    [{ "content-type": [...Buffer.from("application/cloudevents+json")] }],
  ];
  const event = { records: { "t-0": lists.map((headers) => ({ ...good, headers })) } };
  for (const framing of ["confluent", "apicurio", "azure", "cloudevents"]) {
    const side = { framing, format: framing === "azure" ? "avro" : "text" };
    using_(kafkalens.createDecoderSync({ key: side, value: side }), (decoder) => {
      same(decoder, event);
    });
  }
});

test("what holds events goes as text", () => {
  const event = { records: { "t-0": [good] } };
  const text = JSON.stringify(event);
  using_(kafkalens.createDecoderSync({}), (decoder) => {
    for (const given of [
      good,
      [good, good],
      [event, event],
      { payload: text, requestContext: {} },
      { payload: event, requestContext: {}, KafkaBatchInfo: {} },
      { Records: [{ messageId: "m", body: text }] },
      { Records: [{ Sns: { Message: text } }] },
      { Type: "Notification", Message: text },
      { message: text },
      { KafkaBatchInfo: {}, ...event },
    ]) {
      assert.ok(same(decoder, given).length > 0);
    }
  });
});

test("large batches: every record, by loop, by index and after the decoder is gone", () => {
  const list = Array.from({ length: 3000 }, (_, i) => ({ ...good, offset: i, value: base64(`v${i}`) }));
  list[2999].value = "*";
  const event = { records: { "t-0": list.slice(0, 700), "t-1": list.slice(700) } };
  let batch;
  using_(kafkalens.createDecoderSync({}), (decoder) => {
    batch = same(decoder, event);
  });
  const values = Array.from(batch, ({ valueResult }) => (valueResult.ok ? valueResult.value : "failed"));
  assert.deepStrictEqual(values, [...Array.from({ length: 2999 }, (_, i) => `v${i}`), "failed"]);
  assert.equal(batch[2998].value, "v2998");
  assert.equal(batch[2998], batch.at(-2));
  assert.equal(batch[3000], undefined);
  assert.equal(batch["01"], undefined);
  assert.deepStrictEqual(batch.stats, { records: 3000, ok: 2999, failed: 1, tombstones: 0 });
  assert.equal(batch.errors.get("BASE64_INVALID")?.[0]?.offset, 2999);
});

test("many topics: contexts are forgotten and made anew", () => {
  const list = Array.from({ length: 5000 }, (_, i) => ({ ...good, topic: `t${i}`, offset: i }));
  using_(kafkalens.createDecoderSync({ topics: { t4999: { value: { format: "bytes" } } } }), (decoder) => {
    const batch = same(decoder, { records: { "t-0": list } });
    assert.equal(batch[4998].value, "v");
    assert.deepStrictEqual(batch[4999].value, Uint8Array.of(118));
  });
});

function using_(decoder, use) {
  try {
    use(decoder);
  } finally {
    decoder.dispose();
  }
}

test("what JSON can't hold is that record's error alone", () => {
  const decoder = createDecoderSync();
  const good = { topic: "t", partition: 0, offset: 0, value: base64("v") };
  const cycle = { ...good, offset: "x" };
  cycle.self = cycle;
  const batch = decoder.decodeEvent({ records: { "t-0": [good, { ...good, offset: 1n }, cycle, good] } });
  assert.deepStrictEqual(
    Array.from(batch, ({ valueResult: { value, error } }) => value ?? error.code),
    ["v", "EVENT_RECORD_SHAPE", "EVENT_RECORD_SHAPE", "v"],
  );
  assert.throws(() => batch[1].body(), fails("EVENT_RECORD_SHAPE"));
  for (const event of [5n, { records: { "t-0": [good] }, toJSON: () => 5n }]) {
    assert.throws(() => decoder.decodeEvent(event), fails("EVENT_SHAPE"));
    assert.throws(() => decoder.decodeEventJson(event), fails("EVENT_SHAPE"));
  }
});

test("items that take no bytes count for what a chunk may be decoded to", () => {
  for (const items of [
    "null",
    { type: "fixed", name: "F", size: 0 },
    { type: "record", name: "E", fields: [] },
  ]) {
    const decoder = createDecoderSync({ value: avro({ writer: { type: "array", items } }) });
    const value = Buffer.from([0xc0, 0x84, 0x3d, 0]).toString("base64"); // 500,000 items
    const record = { topic: "t", partition: 0, offset: 0, value };
    const codes = Array.from(
      decoder.decodeEvent({ records: { "t-0": new Array(40).fill(record) } }),
      ({ valueResult }) => valueResult.error?.code,
    );
    assert.equal(codes[0], undefined);
    assert.ok(codes.filter((code) => code === "OUTPUT_LIMIT").length > 30, String(codes));
  }
});

test("an event of more lists than records may be is refused before they are joined", () => {
  const record = { topic: "t", partition: 0, offset: 0, value: base64("v") };
  const records = Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`t-${i}`, [record]]));
  const start = performance.now();
  assert.throws(() => createDecoderSync().decodeEvent({ records }), fails("EVENT_LIMIT"));
  assert.ok(performance.now() - start < 2000);
});
