// Every vector through both doors (event text, event object), with generated code and without.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cases } from "./support/cases.mjs";
import { compareBatch, compareError, compareText } from "./support/compare.mjs";
import { kafkalens } from "./support/package.mjs";
import { Tally } from "./support/tally.mjs";

const FORBID = "--disallow-code-generation-from-strings";
const closures = process.execArgv.includes(FORBID);
const all = cases();
const tally = new Tally(`node (${closures ? "closures" : "generated"})`);

for (const vector of all) {
  test(`${vector.name}${closures ? " (closures)" : ""}`, () => tally.add(vector, run(vector)));
}

test("summary", () => {
  assert.ok(all.length > 0, "no vectors found");
  console.log(tally.text());
});

if (closures) {
  test("code generation is forbidden here", () => assert.throws(() => new Function("")));
} else {
  test("the same without code generation", () => {
    // Without the variable by which `node --test` makes its children speak another language.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const file = fileURLToPath(import.meta.url);
    const child = spawnSync(process.execPath, [FORBID, file], { encoding: "utf8", env });
    assert.equal(child.status, 0, child.stdout + child.stderr);
    console.log(child.stdout.match(/(vectors|areas|digest): .* in .*/g).join("\n"));
  });
}

/** Runs a case; gives the document that was printed for its event's text. */
function run(vector) {
  let decoder;
  try {
    decoder = kafkalens.createDecoderSync(vector.config);
  } catch (error) {
    return expectedError(vector, error);
  }
  try {
    return decode(decoder, vector);
  } finally {
    decoder.dispose();
  }
}

function decode(decoder, vector) {
  if (vector.missing !== undefined) {
    assert.deepStrictEqual(decoder.missingSchemas(vector.event), vector.missing);
  }
  for (const schema of vector.schemas) {
    addSchema(decoder, schema);
  }
  const [text] = doors(vector).map((event) => {
    if (vector.expectError !== undefined) {
      refused(vector, () => decoder.decodeEvent(event));
      return refused(vector, () => decoder.decodeEventJson(event));
    }
    compareBatch(decoder.decodeEvent(event), vector.expect, vector.config, kafkalens);
    const text = decoder.decodeEventJson(event);
    compareText(text, vector.expect);
    return text;
  });
  return text;
}

/** A schema may be refused at once or kept: either way the record that names it carries the error. */
function addSchema(decoder, schema) {
  try {
    decoder.addSchema(schema);
  } catch (error) {
    assert.ok(kafkalens.isDecodeError(error), String(error));
  }
}

/** The event as text, and as an object where it is one. */
function doors({ event }) {
  try {
    return [event, JSON.parse(event.toString("utf8"))];
  } catch {
    return [event];
  }
}

function refused(vector, use) {
  let document;
  assert.throws(use, (error) => {
    document = expectedError(vector, error);
    return true;
  });
  return document;
}

function expectedError(vector, error) {
  assert.ok(kafkalens.isDecodeError(error), String(error));
  assert.ok(vector.expectError !== undefined, `refused: ${error.code} ${error.message}`);
  compareError(error.toJSON(), vector.expectError, "the whole");
  return JSON.stringify(error);
}
