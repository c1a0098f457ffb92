// What the package gave against what a case expects.

import assert from "node:assert/strict";
import { items, members, parseExact } from "./exact.mjs";

/** Compares `{"records":[…]}` with the expectations, values as the text that stands there. */
export function compareText(text, expect) {
  const records = items(members(text).records);
  assert.equal(records.length, expect.length, "number of records");
  records.map(members).forEach((record, i) => {
    for (const side of ["key", "value"].filter((name) => expect[i][name] !== undefined)) {
      textSide(members(record[side]), expect[i][side], `[${i}].${side}`);
    }
    for (const [name, expected] of Object.entries(expect[i].record ?? {})) {
      assert.deepStrictEqual(JSON.parse(record[name]), expected, `[${i}].${name}`);
    }
  });
}

function textSide(found, expected, place) {
  if (expected.error !== undefined) {
    compareError(JSON.parse(found.error ?? "null"), expected.error, place);
  } else if (expected.tombstone !== undefined) {
    assert.equal(found.tombstone, JSON.stringify(expected.tombstone), place);
  } else {
    assert.equal(found.value, expected.json, `${place}: ${found.error}`);
  }
  if (expected.schema !== undefined) {
    assert.equal(found.schema, JSON.stringify(expected.schema), place);
  }
}

/** Compares the names that a case gives of an error document. */
export function compareError(found, expected, place) {
  for (const [name, value] of Object.entries(expected)) {
    assert.deepStrictEqual(found?.[name], value, `${place}: ${name} of ${JSON.stringify(found)}`);
  }
}

/** Compares a batch with the expectations, values by canonical form. */
export function compareBatch(batch, expect, config, kafkalens) {
  assert.equal(batch.length, expect.length, "number of records");
  expect.forEach((expected, i) => {
    const record = batch[i];
    for (const side of ["key", "value"].filter((name) => expected[name] !== undefined)) {
      batchSide(record, side, expected[side], `[${i}].${side}`, config, kafkalens);
    }
    const document = record.toJSON();
    for (const [name, value] of Object.entries(expected.record ?? {})) {
      assert.deepStrictEqual(document[name], value, `[${i}].${name}`);
    }
  });
}

function batchSide(record, side, expected, place, config, kafkalens) {
  const result = record[`${side}Result`];
  if (expected.error !== undefined) {
    assert.ok(!result.ok && kafkalens.isDecodeError(result.error), place);
    compareError(result.error.toJSON(), expected.error, place);
    assert.throws(() => record[side], result.error);
  } else if (expected.tombstone !== undefined) {
    assert.equal(record[`${side}Tombstone`], expected.tombstone, place);
    assert.equal(record[side], null, place);
  } else {
    assert.ok(result.ok, `${place}: ${result.error}`);
    assert.equal(record[`${side}Tombstone`], undefined, place);
    sameValue(record[side], parseExact(expected.json), place, config, kafkalens);
  }
  if (expected.schema !== undefined) {
    assert.equal(record[`${side}Schema`], expected.schema, place);
  }
}

function sameValue(found, expected, place, config, { canonicalJson }) {
  assert.equal(canonicalJson(asText(found, expected, config)), canonicalJson(expected), place);
}

/** A value with what JSON text shows by option (bytes, short floats, dates) in the form of that text. */
function asText(found, expected, config) {
  const below = (value, other) => asText(value, other, config);
  if (found instanceof Uint8Array) {
    return bytesText(found, config);
  }
  if (found instanceof Date) {
    // A date's text has no time of day.
    return found.toISOString().slice(0, String(expected).length);
  }
  if (Array.isArray(found)) {
    return found.map((item, i) => below(item, expected?.[i]));
  }
  if (typeof found === "object" && found !== null) {
    return Object.fromEntries(
      Object.entries(found).map(([name, held]) => [name, below(held, expected?.[name])]),
    );
  }
  // A float's shortest digits; where those are a large integer, it is read as a bigint.
  const short =
    config.dialect === "protojson" &&
    typeof found === "number" &&
    (typeof expected === "number" || typeof expected === "bigint");
  return short && Math.fround(Number(expected)) === found ? expected : found;
}

function bytesText(bytes, { bytes: form, dialect }) {
  const latin1 = String.fromCharCode(...bytes);
  switch (form ?? (dialect === "avro-json" ? "latin1" : "base64")) {
    case "latin1":
      return latin1;
    case "hex":
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    default:
      return btoa(latin1);
  }
}
