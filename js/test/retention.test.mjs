// What a batch holds on to: chunks go with their records, and a kept text keeps no more than its chunk's.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { kafkalens } from "./support/package.mjs";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc");

/** Bytes that are in use, in the heap and beside it. */
function used() {
  gc();
  // Buffers that the first has found are counted until the next begins.
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const MEGABYTE = 1 << 20;
const writer = {
  type: "record",
  name: "R",
  fields: [
    { name: "text", type: "string" },
    { name: "n", type: "int" },
  ],
};

/** An event of records with a text of so many characters each. */
function eventOf(records, characters) {
  const text = Buffer.from("x".repeat(characters));
  const length = [];
  for (let n = characters * 2; ; n >>>= 7) {
    if (n < 0x80) {
      length.push(n);
      break;
    }
    length.push((n & 0x7f) | 0x80);
  }
  const value = Buffer.concat([Buffer.from(length), text, Buffer.from([2])]).toString("base64");
  const list = Array.from({ length: records }, (_, offset) => ({
    topic: "t",
    partition: 0,
    offset,
    value,
    headers: [],
  }));
  return { records: { "t-0": list } };
}

/** What `read` leaves in use that it gives back, over what was in use before. */
function growth(read, event = eventOf(10_000, 500)) {
  const decoder = kafkalens.createDecoderSync({ value: { format: "avro", writer } });
  // What is made once is not counted.
  read(decoder.decodeEvent(event));
  const before = used();
  const kept = read(decoder.decodeEvent(event));
  const after = used() - before;
  assert.ok(kept !== undefined);
  decoder.dispose();
  return after;
}

test("a loop over 5 MB of text that keeps nothing leaves nothing", () => {
  const left = growth((batch) => {
    let sum = 0;
    for (const record of batch) {
      sum += record.value.text.length;
    }
    assert.equal(sum, 5_000_000);
    return { batch };
  });
  assert.ok(left < MEGABYTE, `${left} bytes`);
});

/** Reads an event of {@link growth} to its end: what is in use in the middle, at most, and afterwards. */
function streamed(event) {
  let most = 0;
  const left = growth((batch) => {
    const before = used();
    let i = 0;
    for (const record of batch) {
      assert.equal(record.value.n, 1);
      if (++i % 2500 === 0) {
        most = Math.max(most, used() - before);
      }
    }
    return { length: batch.length };
  }, event);
  return { most, left };
}

/** Keeps the text of the first record only. */
function keepOne(batch) {
  let kept;
  for (const record of batch) {
    kept ??= record.value.text;
  }
  return [kept];
}

test("in the middle of a loop no more than a few chunks are in use", () => {
  const { most, left } = streamed();
  assert.ok(most < 2 * MEGABYTE && left < MEGABYTE, `${most} and ${left} bytes`);
});

test("one kept text keeps its chunk's, not the event's", () => {
  const left = growth(keepOne);
  assert.ok(left < MEGABYTE, `${left} bytes`);
});

test("values that are kept keep themselves, once", () => {
  const left = growth((batch) => Array.from(batch, (record) => record.value));
  assert.ok(left > 4 * MEGABYTE && left < 8 * MEGABYTE, `${left} bytes`);
});

test("records of large texts make small chunks", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "avro", writer } });
  const event = eventOf(40, 100_000);
  const before = used();
  const kept = decoder.decodeEvent(event)[3].value.text;
  decoder.decodeEvent(event)[39].value;
  assert.equal(kept.length, 100_000);
  assert.ok(used() - before < 3 * MEGABYTE, `${used() - before} bytes`);
});

test("an event's text: what is kept of a record keeps its chunk's, and the text goes with its batch", () => {
  const bytes = Buffer.from(JSON.stringify(eventOf(10_000, 500)));
  const kept = growth(keepOne, bytes);
  assert.ok(kept < MEGABYTE, `${kept} bytes`);
  const { most, left } = streamed(bytes);
  assert.ok(most < 2 * MEGABYTE && left < MEGABYTE, `${most} and ${left} bytes`);
});
