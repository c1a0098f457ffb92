// What an event of Lambda's greatest size costs in memory, streamed and retained, and what hostile ones cost at most.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

const MIB = 2 ** 20;
const RECORDS = 10_000;

// The package instantiates its core when it is first needed: its memory is seen on the way.
const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...given) {
    super(...given);
    memories.push(this.exports.memory);
  }
};
const { kafkalens } = await import("./support/package.mjs");
const { createDecoderSync } = kafkalens;

function event(value, length = RECORDS) {
  const records = Array.from({ length }, (_, offset) => ({
    topic: "t",
    partition: 0,
    offset,
    timestamp: 0,
    timestampType: "CREATE_TIME",
    headers: [],
    value: Buffer.from(value(offset)).toString("base64"),
  }));
  return { eventSource: "aws:kafka", records: { "t-0": records } };
}

const PAD = "x".repeat(330);
const large = () => event((id) => JSON.stringify({ id, pad: PAD }));

/** Decodes with a new instance; gives the result, and bytes of its memory at the end: that only grows. */
function measured(config, use) {
  const decoder = createDecoderSync(config);
  const memory = memories.at(-1);
  const made = use(decoder);
  const bytes = memory.buffer.byteLength;
  decoder.dispose();
  return { made, bytes };
}

test("6 MB in 10,000 records: streamed, retained, and from text", () => {
  const input = large();
  const text = JSON.stringify(input);
  assert.ok(text.length > 5.5e6 && text.length < 6.3e6, String(text.length));
  const config = { value: { format: "json" } };
  const streamed = measured(config, (decoder) => {
    let sum = 0;
    for (const record of decoder.decodeEvent(input)) {
      sum += record.value.id;
    }
    return sum;
  });
  const retained = measured(config, (decoder) => {
    const records = [...decoder.decodeEvent(input)];
    return records.reduce((sum, { value }) => sum + value.id, 0);
  });
  const whole = measured(config, (decoder) => decoder.decodeEventJson(text).match(/"pad":/g).length);
  const batch = measured(config, (decoder) => {
    const records = [...decoder.decodeEvent(text)];
    return records.reduce((sum, { value }) => sum + value.id, 0);
  });
  assert.equal(streamed.made, (RECORDS * (RECORDS - 1)) / 2);
  assert.equal(retained.made, streamed.made);
  assert.equal(whole.made, RECORDS);
  assert.equal(batch.made, streamed.made);
  const shown = Object.entries({ streamed, retained, whole, batch });
  console.log(
    `WebAssembly memory: ${shown.map(([n, m]) => `${n} ${(m.bytes / MIB).toFixed(1)} MiB`).join(", ")}`,
  );
  // What is decoded stands there by chunks, however many there are; of an event's text, so does what is read of it. Only JSON
  // text is written whole.
  assert.ok(streamed.bytes < 8 * MIB, String(streamed.bytes));
  assert.ok(retained.bytes < 8 * MIB, String(retained.bytes));
  assert.ok(whole.bytes < 48 * MIB, String(whole.bytes));
  assert.ok(batch.bytes < text.length + 4 * MIB, String(batch.bytes));
});

test("6,000 bodies that would inflate to six gigabytes: one budget for the event, by chunks and as text", () => {
  const schema = (fields) => ({ type: "record", name: "R", fields });
  const value = {
    format: "avro",
    framing: "glue",
    anyId: true,
    writer: schema([{ name: "b", type: "bytes" }]),
    reader: schema([]),
  };
  const body = Buffer.concat([Buffer.from([0x80, 0x89, 0x7a]), Buffer.alloc(1_000_000)]);
  const bomb = Buffer.concat([Buffer.from([3, 5]), Buffer.alloc(16, 7), deflateSync(body, { level: 9 })]);
  const bombs = 6_000;
  const input = event(() => bomb, bombs);
  const good = Math.floor((128 * MIB) / body.length);
  const begun = performance.now();
  const { made, bytes } = measured({ value }, (decoder) => {
    const batch = decoder.decodeEvent(input);
    const codes = Object.fromEntries([...batch.errors].map(([code, errors]) => [code, errors.length]));
    return { ok: batch.stats.ok, codes };
  });
  const took = performance.now() - begun;
  console.log(`bombs: ${made.ok} decoded in ${took.toFixed(0)} ms, ${(bytes / MIB).toFixed(1)} MiB`);
  assert.deepStrictEqual(made, { ok: good, codes: { EVENT_INFLATE_LIMIT: bombs - good } });
  assert.ok(bytes < 8 * MIB, String(bytes));
  assert.ok(took < 30_000, String(took));
  const text = measured({ value }, (decoder) => decoder.decodeEventJson(input));
  assert.equal(text.made.match(/EVENT_INFLATE_LIMIT/g).length, bombs - good);
  // A limit of one's own, and a record that is asked for on its own.
  const { made: last } = measured({ value, limits: { eventInflatedBytes: 3_000_000 } }, (decoder) => {
    const batch = decoder.decodeEvent(input);
    return [batch.at(-1).valueResult.ok, batch[1].valueResult.ok, batch[2].valueResult.ok];
  });
  assert.deepStrictEqual(last, [false, true, false]);
});
