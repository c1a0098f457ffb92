// Every vector through both doors (event text, event object), with generated code and without.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cases } from "./support/cases.mjs";
import { compareBatch, compareError, compareText } from "./support/compare.mjs";
import { kafkalens } from "./support/package.mjs";

const FORBID = "--disallow-code-generation-from-strings";
const closures = process.execArgv.includes(FORBID);
const all = cases();
let records = 0;

for (const vector of all) {
  test(`${vector.name}${closures ? " (closures)" : ""}`, () => run(vector));
}

test("summary", () => {
  assert.ok(all.length > 0, "no vectors found");
  console.log(
    `vectors: ${all.length} cases, ${records} records in node (${closures ? "closures" : "generated"})`,
  );
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
    console.log(/^.*vectors: .*$/m.exec(child.stdout)?.[0].replace(/^[#\s]*/, ""));
  });
}

function run(vector) {
  let decoder;
  try {
    decoder = kafkalens.createDecoderSync(vector.config);
  } catch (error) {
    expectedError(vector, error);
    return;
  }
  try {
    decode(decoder, vector);
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
  for (const call of vector.calls) {
    compareCall(decoder, vector.event, call);
  }
  for (const event of doors(vector)) {
    if (vector.expect === undefined && vector.expectError === undefined) {
      assert.ok(vector.calls.length > 0, "neither `expect` nor `expectError`");
    } else if (vector.expectError === undefined) {
      compareText(decoder.decodeEventJson(event), vector.expect);
      compareBatch(decoder.decodeEvent(event), vector.expect, vector.config, kafkalens);
    } else {
      refused(vector, () => decoder.decodeEventJson(event));
      refused(vector, () => decoder.decodeEvent(event));
    }
  }
  records += vector.expect?.length ?? 0;
}

/** Another verb: of objects only the names given are compared. */
function compareCall(decoder, event, { verb, args = [], expect, expectError }) {
  const call = {
    envelope: () => decoder.envelope(event),
    detect: ([side]) => ({ readings: decoder.detect(event, side) }),
    matchesFilter: ([pattern, record]) => decoder.matchesFilter(pattern, JSON.parse(record)),
    schemas: () => decoder.schemas(),
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
  assert.throws(use, (error) => {
    expectedError(vector, error);
    return true;
  });
}

function expectedError(vector, error) {
  assert.ok(kafkalens.isDecodeError(error), String(error));
  assert.ok(vector.expectError !== undefined, `refused: ${error.code} ${error.message}`);
  compareError(error.toJSON(), vector.expectError, "the whole");
}
