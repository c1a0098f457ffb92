// Nothing of an event steers the terminal, or looks like a line that the program wrote.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./run.mjs";

const ODD = "\nFORGED\x1b[2J\r\x9b1m\u202e";

/** An event of which every text says so. */
function event(odd) {
  const value = (bytes) => Buffer.from(bytes).toString("base64");
  const metadata = { valueSchemaMetadata: { schemaId: `7${odd}`, dataFormat: `AVRO${odd}` } };
  const record = (offset, more) => ({ topic: `t${odd}`, partition: 0, offset, ...more });
  const records = [
    record(0, { value: value(JSON.stringify(`a${odd}`)), headers: [{ [`h${odd}`]: [1] }] }),
    record(1, { value: value("\x02"), ...metadata }),
    record(2, { value: `*${odd}` }),
    record(3, { value: value([0, 0, 0, 0, 42, 8, 1]), key: value(`k${odd}`) }),
  ];
  const held = {
    eventSourceArn: `arn${odd}`,
    bootstrapServers: `b${odd}`,
    records: { [`t${odd}-0`]: records },
  };
  const responseContext = { statusCode: 200, functionError: `Unhandled${odd}` };
  const requestContext = { requestId: `1${odd}`, functionArn: `f${odd}`, condition: `c${odd}` };
  return JSON.stringify({
    requestContext,
    responseContext,
    KafkaBatchInfo: {},
    payload: JSON.stringify(held),
  });
}

const COMMANDS = {
  inspect: (file) => [file],
  "decode to a table": (file) => ["decode", file, "--format", "table", "--value", "json"],
  "decode of what lacks schemas": (file) => ["decode", file, "--format", "table", "--value", "avro"],
  "detect a record": (file) => ["detect", file, "--format", "text", "--record", "1"],
  detect: (file) => ["detect", file, "--format", "text"],
  "guess a record": (file) => ["guess", file, "--format", "text", "--record", "3"],
  filter: (file) => ["filter", '{"value":{"a\\n":["b\\n"]}}', file, "--format", "text", "--value", "json"],
};

/** What may not be in it: the first characters of a line that an event made, and what isn't visible. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN = /^FORGED|[\0-\t\v-\x1f\x7f-\x9f\u202e]/m;

for (const [name, args] of Object.entries(COMMANDS)) {
  test(name, () => {
    const { stdout, stderr } = run(args("-"), { input: event(ODD) });
    assert.match(stdout, /FORGED|^RECORD/m);
    assert.doesNotMatch(stdout + stderr, FORBIDDEN);
  });
}

test("decode's standard error", () => {
  const { stderr } = run(["decode", "--value", "json"], { input: event(ODD) });
  assert.doesNotMatch(stderr, FORBIDDEN);
  assert.match(stderr, /^t\\u000aFORGED\\u001b\[2J\\u000d\\u009b1m\\u202e-0@2 value: BASE64_INVALID/m);
});

test("a file's name", () => {
  const { stderr } = run(["decode", `no${ODD}such.json`]);
  assert.equal(stderr, "no\\u000aFORGED\\u001b[2J\\u000d\\u009b1m\\u202esuch.json: there is no such file\n");
});
