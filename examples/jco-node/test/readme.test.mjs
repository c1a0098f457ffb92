// The JavaScript of README.md, run as it stands.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { blocks } from "../../../js/test/snippets/extract.mjs";
import * as host from "../kafkalens.mjs";

const AsyncFunction = (async () => {}).constructor;

test("the example decodes an event with the schema that it fetches", async () => {
  const page = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [{ code }, ...others] = blocks(page).filter(({ language }) => language === "js");
  assert.deepEqual(others, []);
  const body = code.replace('import { Decoder } from "./kafkalens.mjs";', "const { Decoder } = host;");
  assert.notEqual(body, code);
  const values = ["AAAAACoO", "AAAAACo="];
  const records = values.map((value, offset) => ({ topic: "orders", partition: 0, offset, value }));
  const printed = [];
  const scope = {
    host,
    event: { records: { "orders-0": records } },
    fetchSchema: async (reference) => {
      assert.equal(reference, "confluent:42");
      return { type: "AVRO", schema: '"int"' };
    },
    console: { log: (...parts) => printed.push(parts.join(" ")) },
  };
  await new AsyncFunction(...Object.keys(scope), body)(...Object.values(scope));
  assert.deepEqual(printed, ["0 7", "1 AVRO_TRUNCATED"]);
});
