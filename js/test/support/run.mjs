// One vector through a package's decoder, by both doors (event text, event object). It also runs in browsers.

import assert from "node:assert/strict";
import { compareBatch, compareError, compareText } from "./compare.mjs";

/** Runs a case and gives how many records it compared. `kafkalens` is the package. */
export function run(vector, kafkalens) {
  let decoder;
  try {
    decoder = kafkalens.createDecoderSync(vector.config);
  } catch (error) {
    expectedError(vector, error, kafkalens);
    return 0;
  }
  try {
    decode(decoder, vector, kafkalens);
  } finally {
    decoder.dispose();
  }
  return vector.expect?.length ?? 0;
}

function decode(decoder, vector, kafkalens) {
  if (vector.missing !== undefined) {
    assert.deepStrictEqual(decoder.missingSchemas(vector.event), vector.missing);
  }
  for (const schema of vector.schemas) {
    addSchema(decoder, schema, kafkalens);
  }
  for (const event of doors(vector)) {
    if (vector.expectError === undefined) {
      compareText(decoder.decodeEventJson(event), vector.expect);
      compareBatch(decoder.decodeEvent(event), vector.expect, vector.config, kafkalens);
    } else {
      refused(vector, () => decoder.decodeEventJson(event), kafkalens);
      refused(vector, () => decoder.decodeEvent(event), kafkalens);
    }
  }
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
  assert.throws(use, (error) => {
    expectedError(vector, error, kafkalens);
    return true;
  });
}

function expectedError(vector, error, kafkalens) {
  assert.ok(kafkalens.isDecodeError(error), String(error));
  assert.ok(vector.expectError !== undefined, `refused: ${error.code} ${error.message}`);
  compareError(error.toJSON(), vector.expectError, "the whole");
}
