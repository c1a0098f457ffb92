// What users see of the package.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { base64, event, fails, PAIR, pair } from "./support/events.mjs";
import { folder, kafkalens } from "./support/package.mjs";

const { avro, createDecoder, createDecoderSync, isDecodeError, json, primitive, stringify, text } = kafkalens;

const bytes = pair(1, "ab");

test("import and require share one instance", () => {
  const required = createRequire(import.meta.url)(join(folder, "node.cjs"));
  assert.equal(required.createDecoder, kafkalens.createDecoder);
  assert.equal(required.DecodeError, kafkalens.DecodeError);
});

test("an event's records, their values and what is beside them", async () => {
  const decoder = await createDecoder({ key: text(), value: avro({ writer: PAIR }) });
  const headers = [{ a: [104, 105] }, { b: [-1] }, { a: [33] }];
  const batch = decoder.decodeEvent(event({ key: base64("k"), value: base64(bytes), headers }));
  assert.equal(batch.length, 1);
  const [first] = batch;
  assert.equal(first, batch[0]);
  assert.equal(first, batch.at(-1));
  assert.equal(batch.at(1), undefined);
  assert.equal(first.topic, "t");
  assert.equal(first.offset, 0);
  assert.equal(first.key, "k");
  assert.deepStrictEqual(first.value, { id: 1n, name: "ab" });
  assert.deepStrictEqual(
    [...first.headers].map(({ name, text }) => [name, text]),
    [
      ["a", "hi"],
      ["b", "\ufffd"],
      ["a", "!"],
    ],
  );
  assert.equal(first.headers.get("a").text, "!");
  assert.equal(first.headers.getAll("a").length, 2);
  assert.deepStrictEqual(first.headers.get("b").bytes, Uint8Array.of(255));
  assert.equal(first.headers.get("c"), undefined);
});

test("a value is made once and kept, also after the decoder is gone and others have run", () => {
  const decoder = createDecoderSync({ value: json() });
  const before = decoder.decodeEvent(event({ value: base64('{"a":[1]}') }));
  decoder.decodeEvent(event({ value: base64('{"b":"other"}') }));
  decoder[Symbol.dispose]();
  const { value } = before[0];
  assert.deepStrictEqual(value, { a: [1] });
  assert.equal(before[0].value, value);
  assert.equal(before[0].valueResult.value, value);
  assert.throws(() => decoder.decodeEvent(event()), TypeError);
  decoder.dispose();
});

test("one bad record among good ones", () => {
  const decoder = createDecoderSync({ value: avro({ writer: PAIR }) });
  const good = { value: base64(bytes) };
  const bad = { value: base64(bytes.subarray(0, 3)) };
  const batch = decoder.decodeEvent(event(good, bad, good, bad, { value: null }));
  assert.deepStrictEqual(batch.stats, { records: 5, ok: 3, failed: 2, tombstones: 1 });
  assert.deepStrictEqual([...batch.errors.keys()], ["AVRO_TRUNCATED"]);
  assert.equal(batch.errors.get("AVRO_TRUNCATED").length, 2);
  assert.throws(() => batch[1].value, fails("AVRO_TRUNCATED"));
  const { error } = batch[1].valueResult;
  assert.equal(error, batch.errors.get("AVRO_TRUNCATED")[0]);
  assert.equal(error.name, "DecodeError");
  const { category, side, topic, partition, offset, path, byteOffset, space, retryable } = error;
  assert.deepStrictEqual(
    { category, side, topic, partition, offset, path, byteOffset, space, retryable },
    {
      category: "decode",
      side: "value",
      topic: "t",
      partition: 0,
      offset: 1,
      path: "$.name",
      byteOffset: 2,
      space: "payload",
      retryable: false,
    },
  );
  assert.deepStrictEqual(JSON.parse(JSON.stringify(error)).code, "AVRO_TRUNCATED");
  assert.equal(batch[2].value.id, 1n);
  assert.equal(batch[4].value, null);
  assert.equal(batch[4].valueTombstone, "null");
  assert.equal(batch[4].keyTombstone, "absent");
});

test("JSON.stringify and stringify of what a user holds", () => {
  const decoder = createDecoderSync({ value: primitive("int64") });
  const batch = decoder.decodeEvent(event({ value: base64(Buffer.from("7fffffffffffffff", "hex")) }));
  assert.equal(JSON.parse(JSON.stringify(batch)).records[0].value.value, "9223372036854775807");
  assert.equal(
    stringify(batch),
    decoder.decodeEventJson(event({ value: base64(Buffer.from("7fffffffffffffff", "hex")) })),
  );
  assert.match(stringify(batch[0]), /"value":\{"value":9223372036854775807\}\}$/);
});

test("hostile names in data and in schemas are own properties", () => {
  const fields = [
    { name: "__proto__", type: "int" },
    { name: "constructor", type: "int" },
    { name: 'x"+alert(1)+"', type: "int" },
  ];
  const schema = { type: "record", name: "Evil", fields };
  const decoder = createDecoderSync({ key: json(), value: avro({ writer: schema }) });
  const keys = '{"__proto__":{"polluted":1},"constructor":2}';
  const [{ key, value }] = decoder.decodeEvent(event({ key: base64(keys), value: base64([2, 4, 6]) }));
  assert.deepStrictEqual(Object.getOwnPropertyNames(key), ["__proto__", "constructor"]);
  assert.deepStrictEqual(
    Object.getOwnPropertyNames(value),
    fields.map((field) => field.name),
  );
  assert.equal(Object.getPrototypeOf(key), Object.prototype);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.equal({}.polluted, undefined);
});

test("an event as text, as bytes and as an object is the same", () => {
  const decoder = createDecoderSync();
  const object = event({ value: base64("naïve 😀") });
  const forms = [object, JSON.stringify(object), Buffer.from(JSON.stringify(object))];
  const texts = forms.map((form) => stringify(decoder.decodeEvent(form)));
  assert.equal(new Set(texts).size, 1);
  assert.match(texts[0], /naïve 😀/);
});

test("what is no event is one error", () => {
  const decoder = createDecoderSync();
  assert.throws(() => decoder.decodeEvent("{"), fails("EVENT_NOT_JSON"));
  for (const none of [{}, [], null, undefined, 5, "null"]) {
    assert.throws(() => decoder.decodeEvent(none), fails("EVENT_SHAPE"));
  }
});

test("configurations are checked", async () => {
  assert.throws(() => createDecoderSync({ vlaue: json() }), fails("CONFIG_INVALID"));
  assert.throws(() => createDecoderSync({ schemas: { fetch: async () => ({}) } }), fails("CONFIG_INVALID"));
  await assert.rejects(createDecoder({ int64: "sometimes" }), fails("CONFIG_INVALID"));
});

test("what JSON would leave out of a configuration is refused", async () => {
  const wrong = [
    { value: json },
    { where: ({ value }) => value.a === 2 },
    { topics: { a: { value: json } } },
    { topics: { a: json } },
    { value: avro({ writer: () => 1 }) },
    { int64: Symbol("number") },
  ];
  for (const config of [...wrong, [], new Map(), "{}", 5, null, () => ({})]) {
    assert.throws(() => createDecoderSync(config), fails("CONFIG_INVALID"));
    await assert.rejects(createDecoder(config), fails("CONFIG_INVALID"));
  }
  assert.equal(createDecoderSync(undefined).decodeEvent(event({ value: base64("v") }))[0].value, "v");
});

test("a schema may be the bytes of its text", () => {
  const writer = Buffer.from(JSON.stringify(PAIR));
  const decoder = createDecoderSync({ value: avro({ writer }) });
  assert.deepStrictEqual(decoder.decodePayload(bytes).value, { id: 1n, name: "ab" });
  assert.deepStrictEqual(Buffer.from(decoder.encode("AVRO", writer, { id: 1n, name: "ab" })), bytes);
});

test("schemas by reference: missing, fetched once, decoded", async () => {
  const value = base64(Buffer.concat([Buffer.from([0, 0, 0, 0, 42]), bytes]));
  let fetched = 0;
  const source = {
    async fetch(reference) {
      fetched++;
      return { reference, type: "AVRO", schema: JSON.stringify(PAIR) };
    },
  };
  const config = { value: avro({ framing: "confluent" }) };
  const decoder = await createDecoder({ ...config, schemas: source });
  assert.deepStrictEqual(decoder.missingSchemas(event({ value })), ["confluent:42"]);
  assert.throws(() => decoder.decodeEvent(event({ value }))[0].value, fails("SCHEMA_MISSING"));
  const batches = await Promise.all([decoder.decode(event({ value })), decoder.decode(event({ value }))]);
  assert.equal(fetched, 1);
  assert.equal(batches[0][0].value.id, 1n);
  assert.equal(batches[1][0].valueSchema, "confluent:42");
  assert.deepStrictEqual(decoder.missingSchemas(event({ value })), []);

  const down = await createDecoder({
    ...config,
    schemas: { fetch: () => Promise.reject(new Error("down")) },
  });
  assert.throws(() => down.decodeEvent(event({ value }))[0].value, fails("SCHEMA_MISSING"));
  const [record] = await down.decode(event({ value }));
  assert.throws(() => record.value, fails("SOURCE_FAILED"));
});

test("one payload, as bytes and as base64", () => {
  const decoder = createDecoderSync({ value: json(), topics: { other: { value: text() } } });
  assert.deepStrictEqual(decoder.decodePayload(Buffer.from("[1]")), { ok: true, value: [1] });
  assert.deepStrictEqual(decoder.decodePayload(base64("[1]"), { topic: "other" }), {
    ok: true,
    value: "[1]",
  });
  assert.deepStrictEqual(decoder.decodePayload(base64("[1]"), { side: "key" }), { ok: true, value: "[1]" });
  const failed = decoder.decodePayload(base64("[1"));
  assert.equal(failed.ok, false);
  assert.equal(failed.error.category, "decode");
  assert.throws(() => {
    throw decoder.decodePayload("%").error;
  }, fails("BASE64_INVALID"));
});

test("bytes in any form; a payload that isn't there is a tombstone, what is none is refused", () => {
  const decoder = createDecoderSync();
  const hello = { ok: true, value: "hello" };
  const { buffer } = new TextEncoder().encode("hello");
  for (const form of [buffer, new DataView(buffer), new Uint8Array(buffer), new Int8Array(buffer)]) {
    assert.deepStrictEqual(decoder.decodePayload(form), hello);
  }
  const padded = new Uint16Array([0, 0x6968]);
  assert.deepStrictEqual(decoder.decodePayload(padded.subarray(1)), { ok: true, value: "hi" });
  for (const none of [null, undefined]) {
    assert.deepStrictEqual(decoder.decodePayload(none), { ok: true, value: null });
  }
  for (const wrong of [{}, 5, [104]]) {
    assert.throws(() => decoder.decodePayload(wrong), TypeError);
    assert.throws(() => decoder.guess(wrong), TypeError);
  }
  assert.throws(() => decoder.decodePayload(buffer, { side: "keys" }), TypeError);
  const text = new TextEncoder().encode(JSON.stringify(event({ value: base64("v") })));
  assert.equal(decoder.decodeEvent(text.buffer)[0].value, "v");
  assert.throws(() => decoder.decodeEvent(text)[0].bytes("values"), TypeError);
});

test("errors of another copy of the package are known", () => {
  const foreign = Object.assign(new Error("x"), { [Symbol.for("kafkalens.DecodeError")]: true });
  assert.ok(isDecodeError(foreign));
  assert.ok(!isDecodeError(new Error("x")));
  assert.ok(!isDecodeError(null));
});

test("a schema is checked strictly, those that it refers to as well", () => {
  const decoder = createDecoderSync();
  const money = '{"type":"fixed","name":"Money","size":2,"logicalType":"decimal","precision":9}';
  const schema = { type: "record", name: "Order", fields: [{ name: "unit-price", type: "Money" }] };
  const found = decoder.checkSchema({ type: "AVRO", schema, references: [{ name: "Money", schema: money }] });
  assert.deepStrictEqual(
    found.map(({ reference, path }) => [reference, path]),
    [
      ["Money", "$.logicalType"],
      [undefined, "$.fields[0].name"],
    ],
  );
  assert.deepStrictEqual(decoder.checkSchema({ type: "AVRO", schema: "long" }), []);
  assert.throws(() => decoder.checkSchema({ type: "AVRO", schema }), fails("SCHEMA_INVALID"));
  assert.throws(() => decoder.checkSchema({ type: "JSON", schema: "{}" }), fails("CONFIG_INVALID"));
  decoder.dispose();
});
