// What decoded values are made into: schemas of zod, valibot and arktype, classes and functions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { type } from "arktype";
import * as v from "valibot";
import { z } from "zod";
import { base64, event, fails, PAIR, pair } from "./support/events.mjs";
import { kafkalens } from "./support/package.mjs";

const { avro, createDecoder, createDecoderSync, json, text } = kafkalens;

const SECRET = "4111-1111-1111-1111";
const orders = (...values) => event(...values.map((value) => ({ value: base64(JSON.stringify(value)) })));
const good = { id: 1, lines: [{ price: 2 }] };
const bad = { id: 1, lines: [{ price: 2 }, { price: SECRET }] };

const SCHEMAS = {
  zod: z.object({ id: z.number(), lines: z.array(z.object({ price: z.number() })) }),
  valibot: v.object({ id: v.number(), lines: v.array(v.object({ price: v.number() })) }),
  arktype: type({ id: "number", lines: type({ price: "number" }).array() }),
};

for (const [name, output] of Object.entries(SCHEMAS)) {
  for (const [door, decode] of [
    ["decodeEvent", (decoder, event) => decoder.decodeEvent(event)],
    ["decode", (decoder, event) => decoder.decode(event)],
    ["decodeEvent of text", (decoder, event) => decoder.decodeEvent(JSON.stringify(event))],
  ]) {
    test(`${name}, by ${door}`, async () => {
      const decoder = await createDecoder({ value: json({ output }) });
      const batch = await decode(decoder, orders(good, bad));
      assert.deepStrictEqual(batch[0].value, good);
      const { error } = batch[1].valueResult;
      fails("OUTPUT_INVALID")(error);
      assert.equal(error.path, "$.lines[1].price");
      assert.equal(error.category, "output");
      assert.deepStrictEqual([error.side, error.topic, error.partition, error.offset], ["value", "t", 0, 1]);
      assert.equal(error.issues.length, 1);
      assert.equal(typeof error.issues[0].message, "string");
      assert.equal(error.retryable, false);
      assert.deepStrictEqual(batch.stats, { records: 2, ok: 1, failed: 1, tombstones: 0 });
      assert.deepStrictEqual([...batch.errors.keys()], ["OUTPUT_INVALID"]);
      assert.equal(batch.errors.get("OUTPUT_INVALID")[0], error);
      assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}${inspect(error, { depth: 9 })}`, /4111-/);
      assert.equal(JSON.parse(JSON.stringify(batch[1])).value.error.code, "OUTPUT_INVALID");
    });
  }
}

test("what a schema makes of a value is the value", () => {
  const output = z.object({ id: z.number() }).transform(({ id }) => ({ number: id, when: new Date(0) }));
  const decoder = createDecoderSync({ key: text({ output: Number }), value: json({ output }) });
  const [record] = decoder.decodeEvent(event({ key: base64("17"), value: base64('{"id":5}') }));
  assert.equal(record.key, 17);
  assert.deepStrictEqual(record.value, { number: 5, when: new Date(0) });
  assert.equal(record.value, record.value);
});

test("asynchronous schemas are waited for, and refused where nothing waits", async () => {
  const later = z.object({ id: z.number() }).refine(async ({ id }) => id < 5);
  const promised = async ({ id }) => (id < 5 ? { id } : Promise.reject(new Error(SECRET)));
  for (const output of [later, promised]) {
    const decoder = await createDecoder({ value: json({ output }) });
    const [first, second, third] = await decoder.decode(orders({ id: 1 }, { id: 9 }, 5));
    assert.deepStrictEqual(first.value, { id: 1 });
    assert.throws(() => second.value, fails("OUTPUT_INVALID"));
    assert.throws(() => third.value, fails("OUTPUT_INVALID"));
    const [early] = decoder.decodeEvent(orders({ id: 1 }));
    assert.throws(() => early.value, fails("OUTPUT_ASYNC"));
    assert.throws(() => {
      throw decoder.decodePayload(Buffer.from('{"id":1}')).error;
    }, fails("OUTPUT_ASYNC"));
  }
});

test("classes and functions, and what they throw", () => {
  class Pair {
    constructor({ id, name }) {
      if (name === SECRET) {
        throw new RangeError(`not ${name}`);
      }
      Object.assign(this, { id, name });
    }
  }
  const decoder = createDecoderSync({
    key: text({ output: (key) => key.toUpperCase() }),
    value: avro({ writer: PAIR, output: Pair }),
  });
  const batch = decoder.decodeEvent(
    event(
      { key: base64("k"), value: base64(pair(1, "ab")) },
      { value: base64(pair(1, SECRET)) },
      { key: null, value: null },
    ),
  );
  assert.ok(batch[0].value instanceof Pair);
  assert.deepStrictEqual({ ...batch[0].value }, { id: 1n, name: "ab" });
  assert.equal(batch[0].key, "K");
  const { error } = batch[1].valueResult;
  fails("OUTPUT_INVALID")(error);
  assert.ok(error.thrown instanceof RangeError);
  assert.deepStrictEqual(error.issues, [{ message: `not ${SECRET}` }]);
  assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}${inspect(error, { depth: 9 })}`, /4111-/);
  // Tombstones are left alone.
  assert.equal(batch[2].key, null);
  assert.equal(batch[2].value, null);
});

test("a schema that throws by itself keeps its issues", () => {
  const decoder = createDecoderSync({ value: json({ output: (value) => SCHEMAS.zod.parse(value) }) });
  const { error } = decoder.decodeEvent(orders(bad))[0].valueResult;
  assert.equal(error.path, "$.lines[1].price");
  assert.equal(error.issues.length, 1);
});

test("names that may be data stay out of paths", () => {
  const output = z.record(z.string(), z.number());
  const { error } = createDecoderSync({ value: json({ output }) }).decodeEvent(orders({ [SECRET]: "x" }))[0]
    .valueResult;
  assert.equal(error.path, `$${"{}"}`);
  assert.deepStrictEqual(error.issues[0].path, [SECRET]);
});

test("outputs are of a side and of a topic", () => {
  const config = {
    value: json({ output: () => "all" }),
    topics: { t: { value: json({ output: () => "t" }) }, plain: { value: json() }, keyed: { key: text() } },
  };
  const decoder = createDecoderSync(config);
  const decoded = (topic) => decoder.decodePayload(Buffer.from("1"), { topic }).value;
  assert.deepStrictEqual(["t", "plain", "keyed", "other"].map(decoded), ["t", 1, "all", "all"]);
});

test("a decoding error comes before any output, and the core's text knows none", () => {
  const decoder = createDecoderSync({ value: json({ output: () => assert.fail("called") }) });
  const input = event({ value: base64("{x") });
  assert.throws(() => decoder.decodeEvent(input)[0].value, fails("JSON_SYNTAX"));
  assert.match(decoder.decodeEventJson(orders(1)), /"value":1/);
});

test("what is no output is refused", async () => {
  await assert.rejects(createDecoder({ value: json({ output: {} }) }), fails("CONFIG_INVALID"));
  assert.throws(
    () => createDecoderSync({ topics: { t: { key: text({ output: 5 }) } } }),
    fails("CONFIG_INVALID"),
  );
});

test("more records than a batch keeps", async () => {
  const values = Array.from({ length: 3_000 }, (_, id) => ({ id: id % 1_000 === 999 ? "x" : id }));
  const output = z.object({ id: z.number() });
  const decoder = await createDecoder({ value: json({ output }) });
  for (const batch of [decoder.decodeEvent(orders(...values)), await decoder.decode(orders(...values))]) {
    assert.equal(batch.stats.failed, 3);
    assert.equal(batch.errors.get("OUTPUT_INVALID").length, 3);
    assert.equal(batch.at(-2).value.id, 2_998);
  }
});
