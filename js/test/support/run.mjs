// One vector through a package's decoder, by both doors (event text, event object). It also runs in browsers.

import assert from "node:assert/strict";
import { compareBatch, compareError, compareText } from "./compare.mjs";

/** Runs a case and gives the document that was printed for its event's text. `kafkalens` is the package. */
export function run(vector, kafkalens) {
  let decoder;
  try {
    decoder = kafkalens.createDecoderSync(vector.config);
  } catch (error) {
    return expectedError(vector, error, kafkalens);
  }
  try {
    return decode(decoder, vector, kafkalens);
  } finally {
    decoder.dispose();
  }
}

function decode(decoder, vector, kafkalens) {
  if (vector.missing !== undefined) {
    assert.deepStrictEqual(decoder.missingSchemas(vector.event), vector.missing);
  }
  for (const schema of vector.schemas) {
    addSchema(decoder, schema, kafkalens);
  }
  for (const call of vector.calls) {
    compareCall(decoder, vector.event, call);
  }
  const [text] = doors(vector).map((event) => {
    if (vector.expectError !== undefined) {
      refused(vector, () => decoder.decodeEvent(event), kafkalens);
      return refused(vector, () => decoder.decodeEventJson(event), kafkalens);
    }
    compareBatch(decoder.decodeEvent(event), vector.expect, vector.config, kafkalens);
    const text = decoder.decodeEventJson(event);
    compareText(text, vector.expect);
    return text;
  });
  return text;
}

/** What one decoding adds to the warnings. */
function counted(decoder, event) {
  const before = decoder.warnings();
  decoder.decodeEventJson(event);
  const added = Object.entries(decoder.warnings()).map(([name, n]) => [name, n - (before[name] ?? 0)]);
  return Object.fromEntries(added.filter(([, n]) => n > 0));
}

/** Another verb: of objects only the names given are compared. */
function compareCall(decoder, event, { verb, args = [], expect, expectError }) {
  const call = {
    envelope: () => decoder.envelope(event),
    detect: ([side, place]) => ({
      readings: decoder.detect(event, side, place === undefined ? undefined : Number(place)),
    }),
    matchesFilter: ([pattern, record]) => decoder.matchesFilter(pattern, JSON.parse(record)),
    schemas: () => decoder.schemas(),
    warnings: () => counted(decoder, event),
    guess: ([side, payload]) => decoder.guess(payload, { side }),
    checkCompatibility: ([question]) => decoder.checkCompatibility(question),
    encode: ([type, schema, value]) => hex(decoder.encode(type, schema, value)),
  }[verb];
  if (expectError === undefined) {
    const found = call(args);
    assert.deepStrictEqual(named(found, expect), expect);
  } else {
    assert.throws(
      () => call(args),
      (error) => {
        compareError(error.toJSON(), expectError, verb);
        return true;
      },
    );
  }
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is found, less the names that aren't expected. */
function named(found, expected) {
  if (Array.isArray(found) && Array.isArray(expected)) {
    return found.map((item, i) => named(item, expected[i]));
  }
  if (typeof found !== "object" || found === null || typeof expected !== "object" || expected === null) {
    return found;
  }
  const known = Object.entries(found).filter(([name]) => name in expected);
  return Object.fromEntries(known.map(([name, held]) => [name, named(held, expected[name])]));
}

/** A schema may be refused at once or kept: either way the record that names it carries the error. */
function addSchema(decoder, schema, kafkalens) {
  try {
    decoder.addSchema(schema);
  } catch (error) {
    assert.ok(kafkalens.isDecodeError(error), String(error));
  }
}

/** The event as text, and as an object where it is one. */
function doors({ event }) {
  try {
    return [event, JSON.parse(new TextDecoder("utf-8", { ignoreBOM: true }).decode(event))];
  } catch {
    return [event];
  }
}

function refused(vector, use, kafkalens) {
  let document;
  assert.throws(use, (error) => {
    document = expectedError(vector, error, kafkalens);
    return true;
  });
  return document;
}

function expectedError(vector, error, kafkalens) {
  assert.ok(kafkalens.isDecodeError(error), String(error));
  assert.ok(vector.expectError !== undefined, `refused: ${error.code} ${error.message}`);
  compareError(error.toJSON(), vector.expectError, "the whole");
  return JSON.stringify(error);
}
