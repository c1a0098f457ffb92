// JSON documents of changing shapes: what templates make of them is what JSON.parse does, integers exact.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parseExact } from "./support/exact.mjs";
import { kafkalens } from "./support/package.mjs";
import { random } from "./support/random.mjs";

const FORBID = "--disallow-code-generation-from-strings";
const NAMES = [
  "id",
  "name",
  "__proto__",
  "constructor",
  "7",
  "größe",
  'quote"',
  "a longer name than sixteen bytes",
];
const LEAVES = [
  "null",
  "true",
  "false",
  "0",
  "-0",
  "12.5",
  "1e3",
  "9007199254740993",
  "123456789012345678901234567890",
  '"text"',
  '"größer als 16 Bytes"',
  '"日本\\u00e9\\ud83d\\ude00\\n"',
  '""',
];

/** The text of a document that varies now and then: names missing, values of other kinds, white space. */
function vary(part, chance) {
  if (chance.chance(0.04)) {
    return chance.pick(LEAVES);
  }
  const space = chance.chance(0.05) ? " \n" : "";
  if (Array.isArray(part)) {
    return `[${space}${Array.from({ length: chance.below(4) }, () => vary(part[0], chance)).join(`,${space}`)}]`;
  }
  if (typeof part === "string") {
    return part;
  }
  const entries = Object.entries(part).filter(() => !chance.chance(0.03));
  if (chance.chance(0.02)) {
    entries.reverse();
  }
  if (chance.chance(0.02) && entries.length > 0) {
    entries.push(entries[0]);
  }
  const texts = entries.map(
    ([name, value]) => `${JSON.stringify(name)}${space}:${space}${vary(value, chance)}`,
  );
  return `{${texts.join(`${space},`)}}`;
}

/** What documents of a kind look like. */
function kind(chance, depth) {
  if (depth === 0 || chance.chance(0.5)) {
    return chance.pick(LEAVES);
  }
  if (chance.chance(0.3)) {
    return [kind(chance, depth - 1)];
  }
  const names = NAMES.filter(() => chance.chance(0.6));
  const entries = names.map((name) => [name, kind(chance, depth - 1)]);
  // Through a map: an object literal would take `__proto__` for its prototype.
  return Object.fromEntries(entries);
}

function object(chance) {
  const found = kind(chance, 4);
  return typeof found === "string" ? object(chance) : found;
}

const values = (texts) => {
  const decoder = kafkalens.createDecoderSync({ value: kafkalens.json() });
  const record = { topic: "t", partition: 0, timestamp: 0, timestampType: "CREATE_TIME", headers: [] };
  const list = texts.map((text, offset) => ({
    ...record,
    offset,
    value: Buffer.from(text).toString("base64"),
  }));
  return Array.from(decoder.decodeEvent({ records: { "t-0": list } }), ({ value }) => value);
};

const order = (value) => JSON.stringify(value, (_, v) => (typeof v === "bigint" ? `${v}n` : v));

test("documents of changing shapes are those that JSON.parse gives", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const chance = random(seed);
    const kinds = Array.from({ length: 1 + chance.below(3) }, () => object(chance));
    const texts = Array.from({ length: 300 }, () => vary(chance.pick(kinds), chance));
    values(texts).forEach((found, i) => {
      const expected = parseExact(texts[i]);
      assert.deepStrictEqual(found, expected, texts[i]);
      assert.equal(order(found), order(expected));
    });
  }
});

test("a broken document among others is an error of its own", () => {
  const decoder = kafkalens.createDecoderSync({ value: kafkalens.json() });
  const record = {
    topic: "t",
    partition: 0,
    offset: 0,
    timestamp: 0,
    timestampType: "CREATE_TIME",
    headers: [],
  };
  const texts = Array.from({ length: 40 }, (_, i) =>
    i % 10 === 9 ? '{"id":1,"name":"x"' : `{"id":${i},"name":"x"}`,
  );
  const list = texts.map((text) => ({ ...record, value: Buffer.from(text).toString("base64") }));
  const records = [...decoder.decodeEvent({ records: { "t-0": list } })];
  records.forEach((record, i) => {
    if (i % 10 === 9) {
      assert.throws(() => record.value, { code: "JSON_TRUNCATED", byteOffset: 18 });
    } else {
      assert.deepStrictEqual(record.value, { id: i, name: "x" });
    }
  });
});

if (!process.execArgv.includes(FORBID)) {
  test("the same without code generation", () => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const child = spawnSync(process.execPath, [FORBID, fileURLToPath(import.meta.url)], {
      encoding: "utf8",
      env,
    });
    assert.equal(child.status, 0, child.stdout + child.stderr);
  });
}
