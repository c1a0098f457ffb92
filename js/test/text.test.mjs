// An event's text: what records are besides their sides is read from it when asked for, and is what the core's document tells.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kafkalens } from "./support/package.mjs";
import { random } from "./support/random.mjs";

const base64 = (text) => Buffer.from(text).toString("base64");
const MEMBERS = `"topic":"t","partition":0,"offset":1,"timestamp":5,"timestampType":"CREATE_TIME"`;
const VALUE = `"value":"${base64("v")}"`;
const record = (more = "", members = MEMBERS) => `{${members},${VALUE}${more}}`;

/** Texts of a record, as Lambda writes them and as it doesn't. */
const RECORDS = {
  documented: record(`,"headers":[{"a":[104,-61,188]},{"b":null},{"a":[]}]`),
  spaced: `\n {\t${MEMBERS} , ${VALUE} , "headers" : [ { "a" : [ 1 , 2 ] } ] }\r\n`,
  "two names in a header": record(`,"headers":[{"2":[1],"1":[2]},{"a":[3]}]`),
  "a header's name twice": record(`,"headers":[{"a":[1],"a":[2]}]`),
  "no name in a header": record(`,"headers":[{}]`),
  "hostile names": record(`,"headers":[{"__proto__":[1]},{"constructor":[2]}],"__proto__":{"timestamp":7}`),
  "escaped names": record("", MEMBERS.replace("topic", "t\\u006fpic")).replace('"t"', '"\\u0074"'),
  "a member twice": record(`,"offset":2`),
  "unknown members": record(`,"more":[{"offset":1e400}],"offsets":-0`),
  "no topic": record("", MEMBERS.replace(`"topic":"t",`, "")),
  "a partition in digits": record("", MEMBERS.replace(`"partition":0`, `"partition":"0"`)),
  "a large offset": record("", MEMBERS.replace(`"offset":1`, `"offset":9007199254740993`)),
  "the largest offset": record("", MEMBERS.replace(`"offset":1`, `"offset":9223372036854775807`)),
  "a number of another form": record("", MEMBERS.replace(`"offset":1`, `"offset":1.0`)),
  "minus nothing": record("", MEMBERS.replace(`"timestamp":5`, `"timestamp":-0`)),
  "null members": record(`,"headers":null,"key":null,"keySchemaMetadata":null`),
  "another type of timestamp": record("", MEMBERS.replace("CREATE_TIME", "grün \\ud83d\\ude00 日本")),
  "half a character": record("", MEMBERS.replace("CREATE_TIME", "\\ud83d")),
  "a header that is none": record(`,"headers":[{"a":[256]}]`),
  "a payload that is none": record(`,"key":"%"`),
};

const eventOf = (records) => `{"records":{"t-0":[${records.join(",")}]}}`;

/** What is told of a record by its own properties. */
function told({ topic, partition, offset, timestamp, timestampType, headers }) {
  return { topic, partition, offset, timestamp, timestampType, headers: headers.toJSON() };
}

function sameAsDocument(decoder, text) {
  const { records } = JSON.parse(decoder.decodeEventJson(text));
  const batch = decoder.decodeEvent(text);
  assert.equal(batch.length, records.length);
  const backwards = records.map((_, i) => records.length - 1 - i);
  for (const i of backwards) {
    const { key, value, ...besides } = records[i];
    assert.deepStrictEqual(told(batch[i]), besides);
  }
  assert.deepStrictEqual(JSON.parse(JSON.stringify(batch)), { records });
  return batch;
}

test("records are what their documents tell, each alone and amid others", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "text" } });
  for (const [name, text] of Object.entries(RECORDS)) {
    assert.doesNotThrow(() => sameAsDocument(decoder, eventOf([text])), name);
    sameAsDocument(decoder, eventOf([RECORDS.documented, text, RECORDS.spaced]));
  }
  const batch = sameAsDocument(decoder, eventOf(Object.values(RECORDS)));
  assert.deepStrictEqual(Object.getPrototypeOf(told(batch[5]).headers[0]), Object.prototype);
});

test("in whatever the records came", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "text" } });
  const event = eventOf([RECORDS.documented, RECORDS.spaced, RECORDS["another type of timestamp"]]);
  const compact = event.replace(/\s+/g, " ");
  const wrapped = { Records: [{ eventSource: "aws:sqs", messageId: "m", body: event }] };
  const texts = [
    `\ufeff${event}`,
    `${compact}\n${compact}\n`,
    `[${event}, ${event}]`,
    `[${RECORDS.documented}]`,
    RECORDS.spaced,
    JSON.stringify(wrapped),
    JSON.stringify({ level: "INFO", requestId: "grün", message: compact }),
    `{"level":"INFO","message":${compact}}`,
    `2024-01-01T00:00:00.000Z\tgrün\tINFO\t${compact}`,
    `{"records":{"t-0":[${RECORDS.spaced},${RECORDS.documented}]},${event.slice(1)}`,
    `[${event},{"records":{"t-0":[${RECORDS.spaced}],"t-0":[],"records":5}},${event}]`,
    `${compact}\n{"records":{"t-0":[${RECORDS.documented}]},"records":true}\n${compact}`,
    `{"records":{"t-1":5,"t-2":null,"t-0":[7,${RECORDS.documented},null]}}`,
    `{"records":{"${"long ".repeat(100)}":[${RECORDS.documented}],"t\\u002d1":[${RECORDS["no topic"]}]}}`,
  ];
  for (const text of texts) {
    assert.ok(sameAsDocument(decoder, text).length > 0);
    sameAsDocument(decoder, Buffer.from(text));
  }
});

test("chunks in any order, with other events in between", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "text" } });
  const chance = random(5);
  const kinds = Object.values(RECORDS);
  const partition = (i) => {
    const list = Array.from({ length: 400 }, () => chance.pick(chance.below(3) === 0 ? kinds : [kinds[0]]));
    return `"t-${i}":[${list.map((text) => text.replace('"t"', `"t${chance.below(2)}"`)).join(",")}]`;
  };
  const text = `{"records":{${Array.from({ length: 5 }, (_, i) => partition(i)).join(",")}}}`;
  const { records } = JSON.parse(decoder.decodeEventJson(text));
  const batch = decoder.decodeEvent(text);
  assert.equal(batch.length, 2000);
  for (let i = 0; i < 60; i++) {
    const at = chance.below(records.length);
    assert.deepStrictEqual(batch.at(at).toJSON(), records[at]);
    // Contexts and references are forgotten where they become many.
    decoder.decodeEvent(eventOf([record("", MEMBERS.replace('"t"', `"other${i}"`))])).at(0);
    if (i % 20 === 10) {
      const many = Array.from({ length: 1200 }, (_, n) => record("", MEMBERS.replace('"t"', `"${i} ${n}"`)));
      assert.equal(decoder.decodeEvent(eventOf(many)).stats.ok, 1200);
    }
  }
  assert.deepStrictEqual(JSON.parse(JSON.stringify(batch)), { records });
});

test("bytes may be used for something else afterwards", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "text" } });
  const bytes = Buffer.from(eventOf([RECORDS.documented, RECORDS["no topic"]]));
  const [first, second] = decoder.decodeEvent(bytes);
  bytes.fill(0);
  assert.equal(first.id, "t-0-1");
  assert.equal(first.headers.get("a").bytes.length, 0);
  assert.equal(first.originalValue, base64("v"));
  assert.equal(second.originalValue, base64("v"));
  assert.equal(second.idWithSource, "t-0-1");
});

test("of the records that criteria keep", () => {
  const where = { partition: [0], timestamp: [{ numeric: [">", 3] }] };
  const decoder = kafkalens.createDecoderSync({ value: { format: "text" }, where });
  const early = record(`,"key":"${base64("early")}"`, MEMBERS.replace(`"timestamp":5`, `"timestamp":2`));
  const late = record(`,"key":"${base64("late")}"`, MEMBERS.replace(`"offset":1`, `"offset":9`));
  const batch = sameAsDocument(decoder, eventOf([early, late, early, RECORDS["no topic"]]));
  assert.deepStrictEqual(
    [...batch].map(({ offset, originalKey }) => [offset, originalKey]),
    [
      [9, base64("late")],
      [1, undefined],
    ],
  );
});

test("references, tombstones and errors", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "avro", framing: "confluent" } });
  decoder.addSchema({ reference: "confluent:7", type: "AVRO", schema: '"int"' });
  const framed = (id, ...bytes) =>
    `{${MEMBERS},"value":"${base64(Buffer.from([0, 0, 0, 0, id, ...bytes]))}"}`;
  const records = [
    framed(7, 2),
    framed(8, 2),
    framed(7),
    framed(7, 4),
    `{${MEMBERS}}`,
    `{${MEMBERS},"value":null}`,
  ];
  const batch = sameAsDocument(decoder, eventOf(records));
  assert.deepStrictEqual(batch.stats, { records: 6, ok: 4, failed: 2, tombstones: 2 });
  assert.deepStrictEqual([...batch.errors.keys()], ["SCHEMA_MISSING", "AVRO_TRUNCATED"]);
  assert.deepStrictEqual(
    [...batch].map(({ valueSchema, valueTombstone }) => valueSchema ?? valueTombstone),
    ["confluent:7", undefined, undefined, "confluent:7", "absent", "null"],
  );
});

test("references without end, in texts and objects", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "bytes", framing: "confluent" } });
  let id = 0;
  const framed = () => {
    const payload = Buffer.alloc(6);
    payload.writeUInt32BE(++id, 1);
    return `{${MEMBERS},"value":"${base64(payload)}"}`;
  };
  const batches = [];
  for (let i = 0; i < 4; i++) {
    const text = eventOf(Array.from({ length: 600 }, framed));
    batches.push(decoder.decodeEvent(text), decoder.decodeEvent(JSON.parse(text)));
  }
  batches.forEach((batch, i) => {
    const first = 600 * Math.floor(i / 2) + 1;
    const expected = Array.from({ length: 600 }, (_, j) => `confluent:${first + j}`);
    assert.deepStrictEqual(
      Array.from(batch, ({ valueSchema }) => valueSchema),
      expected,
    );
  });
});

const PIECES = [...'"\\{}[],:0-', "1.0", "null", " ", "é", "\\u0000", "e5", "256"];
const RARE_PIECES = ['"offset":1,', "9007199254740993", '"__proto__":', "\\ud800", '"headers":[],'];

/** `HOSTILE=100` tries 150,000. */
const DAMAGED = 1500 * Number(process.env.HOSTILE ?? 4);

test("damaged texts: the same records, or the same error", () => {
  const decoder = kafkalens.createDecoderSync({ value: { format: "text" } });
  const records = Object.values(RECORDS);
  const pieces = [...PIECES, ...RARE_PIECES];
  const chance = random(7);
  let sound = 0;
  for (let i = 0; i < DAMAGED; i++) {
    let text = eventOf(Array.from({ length: 1 + chance.below(3) }, () => chance.pick(records)));
    for (let changes = chance.below(4); changes > 0; changes--) {
      const at = chance.below(text.length);
      const more = chance.below(2) === 0 ? chance.pick(pieces) : "";
      text = text.slice(0, at) + more + text.slice(at + (more === "" ? 1 : 0));
    }
    sound += isSound(decoder, text) ? 1 : 0;
  }
  assert.ok(sound > DAMAGED / 4 && sound < DAMAGED, `${sound}`);
});

/** Whether a text is an event; then it is the same by both verbs, and else its error is. */
function isSound(decoder, text) {
  let error;
  try {
    decoder.decodeEventJson(text);
  } catch (thrown) {
    error = thrown.toJSON();
  }
  if (error === undefined) {
    sameAsDocument(decoder, text);
  } else {
    assert.throws(
      () => decoder.decodeEvent(text),
      (thrown) => assert.deepEqual(thrown.toJSON(), error) === undefined,
    );
  }
  return error === undefined;
}
