// What a record has besides its key and value, by both doors.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { deflateSync, gzipSync } from "node:zlib";
import { base64, event, fails, PAIR, pair, partitions } from "./support/events.mjs";
import { kafkalens } from "./support/package.mjs";

const { avro, createDecoder, createDecoderSync, json, protobuf, text } = kafkalens;

/** Runs a test on an event object and on its text. */
function doors(name, of, use) {
  test(`${name}: an event object`, () => use(of, (event) => event));
  test(`${name}: its text`, () => use(of, (event) => JSON.stringify(event)));
}

doors("ids, dates and originals", event, (event, door) => {
  const decoder = createDecoderSync({ key: json(), value: json() });
  const input = event(
    { key: base64("1"), value: base64("[1]") },
    { value: null },
    { key: "", timestamp: null },
  );
  const [first, second, third] = decoder.decodeEvent(door(input));
  assert.equal(first.id, "t-0-0");
  assert.equal(first.idWithSource, `${input.eventSourceArn}/t-0-0`);
  assert.deepStrictEqual(first.date, new Date(1700000000123));
  assert.equal(third.date, null);
  assert.deepStrictEqual([first.originalKey, first.originalValue], ["MQ==", "WzFd"]);
  assert.deepStrictEqual([second.originalKey, second.originalValue], [undefined, null]);
  assert.deepStrictEqual([third.originalKey, third.originalValue], ["", undefined]);
  assert.deepStrictEqual(first.bytes(), new Uint8Array(Buffer.from("[1]")));
  assert.deepStrictEqual(first.bytes("key"), new Uint8Array(Buffer.from("1")));
  assert.deepStrictEqual(third.bytes("key"), new Uint8Array(0));
  assert.deepStrictEqual(
    [second.bytes(), second.body(), third.bytes(), third.body()],
    [null, null, null, null],
  );
});

doors("what the console shows", event, (event, door) => {
  const decoder = createDecoderSync({ value: json() });
  const [record] = decoder.decodeEvent(door(event({ value: base64('{"id":9007199254740993}') })));
  const shown = inspect(record);
  assert.match(shown, /topic: 't',\n +partition: 0,\n +offset: 0,/);
  assert.match(shown, /value: \{ value: \{ id: '9007199254740993' \} \}/);
});

doors("a cluster without an ARN", event, (event, door) => {
  const { eventSourceArn: _, ...rest } = event({ value: "" });
  const [record] = createDecoderSync().decodeEvent(door({ ...rest, bootstrapServers: "b:9092, a:9092" }));
  assert.equal(record.idWithSource, "a:9092,b:9092/t-0-0");
  const { bootstrapServers: __, ...unnamed } = rest;
  assert.equal(createDecoderSync().decodeEvent(door(unnamed))[0].idWithSource, "t-0-0");
});

test("texts with records of several clusters", () => {
  const lines = ["one", "two"].map((arn) => ({ ...event({ value: "" }), eventSourceArn: arn }));
  const batch = createDecoderSync().decodeEvent(lines.map((line) => JSON.stringify(line)).join("\n"));
  assert.deepStrictEqual(
    batch.toJSON().records.map((_, i) => batch[i].idWithSource),
    ["one/t-0-0", "two/t-0-0"],
  );
});

// The framings are those of Confluent's and Glue's own documentation: magic byte, id; header version, compression, UUID.
const UUID = "89791762-2336-4186-9674-299b90a802e2";
const uuid = Buffer.from(UUID.replaceAll("-", ""), "hex");
const datum = pair(1, "ab");
const confluent = Buffer.concat([Buffer.from([0, 0, 0, 0, 42]), datum]);
const glue = Buffer.concat([Buffer.from([3, 0]), uuid, datum]);

doors("bodies", event, (event, door) => {
  const value = (bytes, fields = {}) => ({ value: base64(bytes), ...fields });
  const metadata = (dataFormat, schemaId) => ({ valueSchemaMetadata: { dataFormat, schemaId } });
  const shop = Buffer.from([8, 1]);
  const cases = [
    [avro({ framing: "confluent" }), value(confluent), datum],
    [avro({ framing: "glue" }), value(glue), datum],
    [avro(), value(datum, metadata("AVRO", "42")), datum],
    [avro(), value(datum), datum],
    // Message indexes: [0] as the single byte 00; [1] as 02 02; Glue's, one varint; none where there is no framing.
    [protobuf({ framing: "confluent" }), value([0, 0, 0, 0, 7, 0, ...shop]), shop],
    [protobuf({ framing: "confluent" }), value([0, 0, 0, 0, 7, 2, 2, ...shop]), shop],
    [protobuf({ framing: "glue" }), value([3, 0, ...uuid, 1, ...shop]), shop],
    [protobuf(), value([4, 2, 0, ...shop], metadata("PROTOBUF", "7")), shop],
    [protobuf(), value([1, ...shop], metadata("PROTOBUF", UUID)), shop],
    [
      protobuf({ message: "Any", files: [{ name: "a", text: 'syntax="proto3"; message Any {}' }] }),
      value(shop),
      shop,
    ],
  ];
  for (const [side, fields, expected] of cases) {
    const [record] = createDecoderSync({ value: side }).decodeEvent(door(event(fields)));
    assert.deepStrictEqual(record.body(), new Uint8Array(expected), JSON.stringify(side));
    assert.deepStrictEqual(record.bytes(), new Uint8Array(Buffer.from(fields.value, "base64")));
  }
});

doors("a body that was compressed, and one that is damaged", event, (event, door) => {
  const zlib = deflateSync(datum);
  const decoder = createDecoderSync({ value: avro({ framing: "glue" }) });
  const values = [[3, 5, ...uuid, ...zlib], [3, 5, ...uuid, ...gzipSync("x")], [3, 0, 1], Buffer.from("%")];
  const batch = decoder.decodeEvent(
    door(event(...values.map((value) => ({ value: base64(value) })), { value: "%" })),
  );
  assert.deepStrictEqual(batch[0].body(), new Uint8Array(datum));
  assert.throws(() => batch[1].body(), fails("GLUE_BAD_ZLIB"));
  assert.throws(() => batch[2].body(), fails("FRAMING_TRUNCATED"));
  assert.throws(() => batch[3].body(), fails("GLUE_VERSION"));
  assert.throws(() => batch[4].body(), fails("BASE64_INVALID"));
  assert.throws(() => batch[4].bytes(), fails("BASE64_INVALID"));
  try {
    batch[2].body();
  } catch (error) {
    const { side, topic, partition, offset } = error;
    assert.deepStrictEqual(
      { side, topic, partition, offset },
      { side: "value", topic: "t", partition: 0, offset: 2 },
    );
  }
});

// Apicurio's serializers: a `Ref` before the datum, message indexes behind it or in its place, or all in headers.
doors("bodies whose message is named", event, (event, door) => {
  const shop = Buffer.from([8, 1]);
  const ref = [3, 10, 1, 77];
  const id = [0, 0, 0, 0, 7];
  const headers = [{ "apicurio.value.contentId": [0, 0, 0, 0, 0, 0, 0, 7] }];
  const type = { "apicurio.value.protobuf.type": [77] };
  for (const [bytes, fields] of [
    [[...id, ...ref, ...shop], {}],
    [[...id, ...ref, 0, ...shop], {}],
    [[...id, 2, 2, ...shop], {}],
    [[...id, 0, ...shop], {}],
    [[...shop], { headers: [...headers, type] }],
    [[2, 2, ...shop], { headers: [...headers, type] }],
  ]) {
    const decoder = createDecoderSync({ value: protobuf({ framing: "apicurio" }) });
    const [record] = decoder.decodeEvent(door(event({ value: base64(bytes), ...fields })));
    assert.deepStrictEqual(record.body(), new Uint8Array(shop), JSON.stringify([bytes, fields]));
  }
});

doors("base64 as the core takes it", event, (event, door) => {
  const texts = [
    "SA==",
    "SA=",
    "SA",
    "SGVsbG8=",
    "",
    "SGVs bG8=",
    "SGVsbG8=\n",
    "S",
    "SA===",
    "=",
    "SGVsb-8=",
    "SÄ==",
  ];
  const decoder = createDecoderSync({ key: text(), value: text() });
  const batch = decoder.decodeEvent(door(event(...texts.map((value) => ({ value })))));
  for (const [i, given] of texts.entries()) {
    const { valueResult: expected } = batch[i];
    const alone = decoder.decodePayload(given);
    if (expected.ok) {
      assert.equal(Buffer.from(batch[i].bytes()).toString(), expected.value, given);
      assert.deepStrictEqual(alone, expected);
    } else {
      assert.throws(() => batch[i].bytes(), fails("BASE64_INVALID"));
      const { topic: _, partition: __, offset: ___, ...error } = expected.error.toJSON();
      assert.deepStrictEqual(alone.error.toJSON(), error);
      assert.throws(() => decoder.guess(given), fails("BASE64_INVALID"));
    }
  }
});

doors("records that criteria keep have their own bytes", event, (event, door) => {
  const schema = { reference: "confluent:1", type: "AVRO", schema: JSON.stringify(PAIR) };
  const framed = (id) => base64(Buffer.concat([Buffer.from([0, 0, 0, 0, 1]), pair(id, "x")]));
  const decoder = createDecoderSync({
    value: avro({ framing: "confluent" }),
    where: { value: { id: [2, 3] } },
  });
  const values = [1, 2, 3].map(framed);
  const input = door(event(...values.map((value) => ({ value }))));
  const early = decoder.decodeEvent(input);
  decoder.addSchema(schema);
  const late = decoder.decodeEvent(input);
  const originals = (batch) => [...batch].map((record) => record.originalValue);
  assert.deepStrictEqual(originals(early), values, "without the schema, all are kept");
  assert.deepStrictEqual(originals(late), values.slice(1));
  assert.deepStrictEqual(
    [...late].map((record) => base64(record.bytes())),
    values.slice(1),
  );
});

doors("records that are broken", event, (event, door) => {
  const input = event({ value: 5, key: "a2V5" });
  input.records["t-0"].push("no record");
  const [first, second] = createDecoderSync().decodeEvent(door(input));
  assert.equal(first.originalValue, undefined);
  assert.throws(() => first.bytes(), fails("EVENT_RECORD_SHAPE"));
  assert.throws(() => first.body(), fails("EVENT_RECORD_SHAPE"));
  assert.equal(second.id, null);
  assert.equal(second.idWithSource, null);
  assert.throws(() => second.body(), fails("EVENT_RECORD_SHAPE"));
});

test("what was a record stays readable after its decoder", async () => {
  const lists = { "a-0": [{ value: base64(confluent) }], "b-7": [{ key: base64("k"), value: base64("v") }] };
  const decoder = await createDecoder({
    value: text(),
    topics: { a: { value: avro({ framing: "confluent" }) } },
  });
  for (const input of [partitions(lists), JSON.stringify(partitions(lists))]) {
    const other = await createDecoder({
      topics: { a: { value: avro({ framing: "confluent", writer: PAIR, anyId: true }) } },
    });
    const batch = other.decodeEvent(input);
    other.dispose();
    assert.deepStrictEqual(batch[0].body(), new Uint8Array(datum));
    assert.equal(batch[1].id, "b-7-0");
    assert.equal(batch[1].originalKey, base64("k"));
    assert.equal(batch[0].value.name, "ab");
  }
  decoder.dispose();
  assert.throws(() => decoder.decodeEvent(event()), TypeError);
});
