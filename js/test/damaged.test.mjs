// The vectors with bytes of their payloads changed: what is read off the tape is what the core writes as JSON text, by both
// doors. Whatever a failed record leaves behind must not touch the next one. `HOSTILE=1000` damages each case that many times.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "./support/cases.mjs";
import { compareBatch } from "./support/compare.mjs";
import { items, members } from "./support/exact.mjs";
import { kafkalens } from "./support/package.mjs";
import { random } from "./support/random.mjs";

const ROUNDS = Number(process.env.HOSTILE ?? 4);
/** What is large on purpose would only be slow here. */
const LARGEST = 100_000;

const damages = [
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, chance) => bytes.with(at, bytes[at] ^ (1 << chance.below(8))),
  (bytes, at, chance) => bytes.with(at, chance.below(256)),
  (bytes, at) => bytes.toSpliced(at, 1),
  (bytes, at, chance) => bytes.toSpliced(at, 0, chance.pick([0x00, 0x01, 0x02, 0x7f, 0x80, 0xff])),
  (bytes, at, chance) => bytes.toSpliced(at, 0, ...varint(chance)),
];

/** A number of any magnitude, near a power of two: lengths, counts, sizes that a datum may claim. */
function varint(chance) {
  const bytes = [];
  let rest = BigInt.asUintN(64, (1n << BigInt(chance.below(64))) + BigInt(chance.below(5)) - 2n);
  for (; rest >= 0x80n; rest >>= 7n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
  return [...bytes, Number(rest)];
}

function damaged(text, chance) {
  const bytes = [...Buffer.from(text, "base64")];
  const changed =
    bytes.length === 0 ? bytes : chance.pick(damages)(bytes, chance.below(bytes.length), chance);
  return Buffer.from(changed).toString("base64");
}

/** An event whose records come twice, the second time as they were. */
function eventOf(event, chance) {
  const lists = Object.entries(event.records).map(([name, records]) => {
    const changed = records.map((record) => ({ ...record }));
    for (const record of changed) {
      for (const side of ["key", "value"].filter((name) => typeof record[name] === "string")) {
        record[side] = damaged(record[side], chance);
      }
    }
    return [name, changed.flatMap((record, i) => [record, records[i]])];
  });
  return { ...event, records: Object.fromEntries(lists) };
}

/** What a batch must hold by the core's own JSON text. */
function expectation(text) {
  return items(members(text).records).map((record) => {
    const { key, value, ...metadata } = members(record);
    const sides = Object.entries({ key, value }).map(([name, side]) => [name, sideOf(members(side))]);
    const rest = Object.entries(metadata).map(([name, held]) => [name, JSON.parse(held)]);
    return { ...Object.fromEntries(sides), record: Object.fromEntries(rest) };
  });
}

function sideOf({ value, schema, ...rest }) {
  const told = Object.entries({ ...rest, schema }).filter(([, text]) => text !== undefined);
  return { json: value, ...Object.fromEntries(told.map(([name, text]) => [name, JSON.parse(text)])) };
}

function isEvent(text) {
  try {
    const { records } = JSON.parse(text);
    return Object.values(records).every((list) => list.every((record) => typeof record === "object"));
  } catch {
    return false;
  }
}

const chance = random(8);
const usable = cases().filter(
  ({ event, expect }) => expect !== undefined && event.length < LARGEST && isEvent(event),
);

for (const { name, config, schemas, event } of usable) {
  test(`${name}, damaged`, () => {
    const decoder = kafkalens.createDecoderSync(config);
    for (const schema of schemas) {
      try {
        decoder.addSchema(schema);
      } catch {
        // The error of the records that name it.
      }
    }
    for (let round = 0; round < ROUNDS; round++) {
      const changed = eventOf(JSON.parse(event), chance);
      const expect = expectation(decoder.decodeEventJson(changed));
      compareBatch(decoder.decodeEvent(changed), expect, config, kafkalens);
      compareBatch(decoder.decodeEvent(JSON.stringify(changed)), expect, config, kafkalens);
    }
    decoder.dispose();
  });
}

test("there are such cases", () => assert.ok(usable.length > 400, String(usable.length)));
