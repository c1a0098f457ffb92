// A record is read by the route of the one before it, and by a tape that others have been on: what it gives is what it
// gives alone, to a decoder that has seen nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kafkalens } from "./support/package.mjs";
import { random } from "./support/random.mjs";

const writer = {
  type: "record",
  name: "R",
  fields: [
    { name: "id", type: "long" },
    { name: "text", type: "string" },
    { name: "tags", type: { type: "map", values: "string" } },
    {
      name: "items",
      type: { type: "array", items: { type: "record", name: "I", fields: [{ name: "n", type: "int" }] } },
    },
    { name: "blob", type: ["null", "bytes"] },
  ],
};
const other = { type: "record", name: "Q", fields: [{ name: "n", type: ["null", "long", "string"] }] };
const schemas = [
  { reference: "confluent:1", type: "AVRO", schema: JSON.stringify(writer) },
  { reference: "confluent:2", type: "AVRO", schema: JSON.stringify(other) },
  { reference: "glue:00000000-0000-0000-0000-000000000001", type: "AVRO", schema: JSON.stringify(writer) },
];
const texts = ["", "a", "sixteen letters!", "seventeen letters", "é", "日本語 😀", "x".repeat(300)];

/** A datum of one of the schemas. */
function datum(decoder, chance, id) {
  const text = texts[chance.below(texts.length)];
  if (id === 2) {
    const n = [null, 2n ** 60n, { toJSON: () => text }][chance.below(3)];
    return decoder.encode("AVRO", other, { n: typeof n === "object" && n !== null ? text : n });
  }
  return decoder.encode("AVRO", writer, {
    id: [1, -(2n ** 62n), 2n ** 53n][chance.below(3)],
    text,
    tags: Object.fromEntries(texts.slice(0, chance.below(6)).map((key) => [key, text])),
    items: Array.from({ length: chance.below(4) }, (_, n) => ({ n })),
    blob: null,
  });
}

const damages = [
  (bytes) => bytes,
  (bytes) => bytes,
  (bytes) => bytes,
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1)),
  (bytes, chance) => bytes.map((byte, i) => (i === chance.at ? byte ^ (1 << chance.below(8)) : byte)),
  (bytes) => Buffer.concat([bytes, Buffer.from([0])]),
];

/** A payload of a framing, damaged by chance. */
function payload(decoder, chance, framing) {
  const id = 1 + chance.below(3);
  const body = Buffer.from(datum(decoder, chance, id === 3 ? 1 : id));
  const prefix = {
    confluent: [0, 0, 0, 0, id],
    glue: [3, 0, ...Array(15).fill(0), id === 2 ? 1 : id],
    none: [],
  }[framing];
  const bytes = Buffer.concat([Buffer.from(prefix), body]);
  chance.at = chance.below(bytes.length || 1);
  const text = Buffer.from(damages[chance.below(damages.length)](bytes, chance)).toString("base64");
  const odd = [text.replace(/=+$/, ""), `${text.slice(0, -1)}-`, `é${text}`, null, undefined, ""];
  return chance.below(10) === 0 ? odd[chance.below(odd.length)] : text;
}

function chanceOf(seed) {
  const next = random(seed);
  return { below: (n) => (typeof next === "function" ? Math.floor(next() * n) : next.below(n)), at: 0 };
}

function make(config) {
  const decoder = kafkalens.createDecoderSync(config);
  for (const schema of schemas) {
    decoder.addSchema(schema);
  }
  return decoder;
}

const plain = (batch) => JSON.parse(JSON.stringify(batch)).records;

const configs = {
  confluent: { value: { format: "avro", framing: "confluent" }, int64: "auto" },
  glue: {
    value: { format: "avro", framing: "glue" },
    int64: "string",
    topics: { u: { value: { format: "bytes" } } },
  },
  both: { value: { format: "avro", framing: ["confluent", "glue"] } },
  none: { value: { format: "avro", writer }, timestamps: "epoch" },
  selected: { value: { format: "avro", framing: "confluent", select: ["id", "items[].n"] } },
  lenient: { value: { format: "avro", writer }, lenient: ["trailing-bytes", "utf8"] },
};

for (const [name, config] of Object.entries(configs)) {
  test(`records by the routes of others: ${name}`, () => {
    const chance = chanceOf(7);
    const decoder = make(config);
    const framings = name === "both" ? ["confluent", "glue", "none"] : [config.value.framing ?? "none"];
    const records = Array.from({ length: 400 }, (_, offset) => {
      const topic = ["t", "u"][chance.below(8) >> 2];
      const value = payload(decoder, chance, framings[chance.below(framings.length)]);
      const more =
        chance.below(9) === 0 ? { valueSchemaMetadata: { schemaId: "1", dataFormat: "AVRO" } } : {};
      return {
        topic,
        partition: 0,
        offset,
        key: Buffer.from(texts[chance.below(5)]).toString("base64"),
        value,
        headers: [],
        ...more,
      };
    });
    const event = { records: { "t-0": records } };
    const together = decoder.decodeEvent(event);
    const alone = records.map((record) => {
      const fresh = make(config);
      const [document] = plain(fresh.decodeEvent(JSON.stringify({ records: { "t-0": [record] } })));
      fresh.dispose();
      return document;
    });
    // Read from the last on, so that each is read when others before it haven't been.
    const found = [...together]
      .reverse()
      .map((record) => JSON.parse(JSON.stringify(record)))
      .reverse();
    // Where a record stands in its event is in no error of these.
    assert.deepStrictEqual(found, alone);
    assert.deepStrictEqual(plain(decoder.decodeEvent(JSON.stringify(event))), alone);
    assert.ok(together.stats.failed > 50 && together.stats.ok > 50, JSON.stringify(together.stats));
    decoder.dispose();
  });
}

test("a tape that is read after the core was called again is the same", () => {
  const decoder = make(configs.confluent);
  const chance = chanceOf(3);
  const list = Array.from({ length: 20 }, (_, offset) => {
    const value = Buffer.concat([Buffer.from([0, 0, 0, 0, 1]), datum(decoder, chance, 1)]).toString("base64");
    return { topic: "t", partition: 0, offset, value, headers: [] };
  });
  const event = { records: { "t-0": list } };
  const expected = plain(decoder.decodeEvent(event));
  const first = decoder.decodeEvent(event);
  assert.equal(first[0].key, null);
  assert.deepStrictEqual(JSON.parse(JSON.stringify(first[3])), expected[3]);
  // Larger than what was there: the memory grows.
  const large = { ...list[0], value: Buffer.alloc(3_000_000).toString("base64") };
  decoder.decodeEvent({ records: { "t-0": [large] } })[0].valueResult;
  assert.deepStrictEqual(plain(first), expected);
  assert.equal(first[5].valueSchema, "confluent:1");
  decoder.dispose();
  assert.deepStrictEqual(plain(first), expected);
});

test("a schema that comes later takes the place of the route", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "avro", framing: "confluent" } });
  decoder.addSchema({ reference: "confluent:1", type: "AVRO", schema: '"int"' });
  const of = (...bytes) => ({
    topic: "t",
    partition: 0,
    offset: 0,
    value: Buffer.from(bytes).toString("base64"),
    headers: [],
  });
  const event = { records: { "t-0": [of(0, 0, 0, 0, 1, 2), of(0, 0, 0, 0, 2, 2), of(0, 0, 0, 0, 1, 4)] } };
  const values = () =>
    [...decoder.decodeEvent(event)].map(({ valueResult: r }) => (r.ok ? r.value : r.error.code));
  assert.deepStrictEqual(values(), [1, "SCHEMA_MISSING", 2]);
  decoder.addSchema({ reference: "confluent:2", type: "AVRO", schema: '"long"' });
  assert.deepStrictEqual(values(), [1, 1n, 2]);
  decoder.dispose();
});
