// Every vector through jco's JavaScript, and the typed records against the text that they are compared by.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "../../../js/test/support/cases.mjs";
import { compareError, compareText } from "../../../js/test/support/compare.mjs";
import { items, members } from "../../../js/test/support/exact.mjs";
import { Tally } from "../../../js/test/support/tally.mjs";
import { DecodeError, Decoder } from "../kafkalens.mjs";

const tally = new Tally("jco");
const all = [...cases()];

for (const vector of all) {
  test(vector.name, () => tally.add(vector, run(vector)));
}

test("summary", () => {
  assert.ok(all.length > 0, "no vectors found");
  console.log(tally.text());
});

test("a payload decodes without an event", () => {
  const decoder = new Decoder({ value: { format: "json" } });
  assert.deepEqual(decoder.decodePayload(Buffer.from("[9007199254740993]")).json, "[9007199254740993]");
  const { error } = decoder.decodePayload(Buffer.from("{"));
  assert.ok(error instanceof DecodeError);
  assert.deepEqual([error.code, error.byteOffset, error.space], ["JSON_TRUNCATED", 1, "payload"]);
  decoder.dispose();
});

test("encodes, and checks compatibility", () => {
  const decoder = new Decoder({});
  assert.deepEqual([...decoder.encode("AVRO", '"long"', "2")], [4]);
  const document = { type: "AVRO", mode: "BACKWARD", schema: '"int"', history: ['"long"'] };
  assert.equal(decoder.checkCompatibility(document).compatible, false);
  const [departure] = decoder.checkSchema({
    type: "AVRO",
    schema: { type: "enum", name: "a-b", symbols: [] },
  });
  assert.equal(departure.path, "$.name");
  decoder.dispose();
});

/** Runs a case; gives the document that was printed for its event. */
function run(vector) {
  try {
    const decoder = new Decoder(vector.config);
    try {
      return decode(decoder, vector);
    } finally {
      decoder.dispose();
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) {
      throw error;
    }
    assert.ok(vector.expectError !== undefined, `refused: ${error.code} ${error.message}`);
    compareError(error.toJSON(), vector.expectError, "the whole");
    return JSON.stringify(error);
  }
}

function decode(decoder, vector) {
  const event = vector.event.toString("utf8");
  if (vector.missing !== undefined) {
    assert.deepEqual(decoder.missingSchemas(event), vector.missing);
  }
  for (const schema of vector.schemas) {
    addSchema(decoder, schema);
  }
  const text = decoder.decodeJson(event);
  assert.ok(vector.expect !== undefined, "expected an error, found records");
  compareText(text, vector.expect);
  compareTyped(decoder.decode(event), text);
  return text;
}

/** A schema may be refused at once or kept: either way the record that names it carries the error. */
function addSchema(decoder, schema) {
  try {
    decoder.addSchema(schema);
  } catch (error) {
    assert.ok(error instanceof DecodeError, String(error));
  }
}

/** The typed records say what the text says. */
function compareTyped(records, text) {
  const documents = items(members(text).records).map(members);
  assert.equal(records.length, documents.length);
  records.forEach((record, i) => {
    for (const name of ["key", "value"]) {
      assert.equal(sideText(record[name]), documents[i][name], `[${i}].${name}`);
    }
    for (const name of ["topic", "partition", "offset", "timestamp", "timestampType"]) {
      assert.deepEqual(record[name] ?? null, JSON.parse(documents[i][name]), `[${i}].${name}`);
    }
  });
}

function sideText({ json, schema, tombstone, error }) {
  if (json === undefined) {
    return JSON.stringify(error === undefined ? { tombstone } : { error });
  }
  return `{"value":${json}${schema === undefined ? "" : `,"schema":${JSON.stringify(schema)}`}}`;
}
