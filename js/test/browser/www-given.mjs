// The page and what it is given: headers that aren't in the payload, folders, files of one name, a worker that stops.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventOf, paste, row, use } from "./use.mjs";

/** A file as it is opened. */
const file = (name, text) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(text) });
/** An Avro record of longs. */
const longs = (name, ...names) =>
  JSON.stringify({ type: "record", name, fields: names.map((name) => ({ name, type: "long" })) });

/** An event of one value, and what else its record has. */
const eventWith = (value, more) => {
  const event = JSON.parse(eventOf([value]));
  Object.assign(Object.values(event.records)[0][0], more);
  return JSON.stringify(event);
};

const BESIDE = [
  ["esm", { valueSchemaMetadata: { schemaId: "42", dataFormat: "AVRO" } }],
  ["confluent", { headers: [{ __value_schema_id: [0, 0, 0, 0, 42] }] }],
];
for (const [framing, more] of BESIDE) {
  test(`no bytes are marked as a schema header where the id stands beside the payload: ${framing}`, () =>
    use({}, async (page) => {
      await paste(page, eventWith([0, 2, 4, 6, 8], more));
      await page.locator("#open-schema").setInputFiles([file("a.avsc", longs("A", "a", "b", "c", "d", "e"))]);
      await page.getByLabel("Format of the values").selectOption("avro");
      await page.getByLabel("Framing of the values").selectOption(framing);
      await row(page, "@ 0").getByText('"d":3,"e":4').waitFor();
      await page.getByText("confluent:42 · 5 bytes").waitFor();
      assert.equal(await page.getByText(/schema header, \d+ bytes/).count(), 0);
    }));
}

test("the bytes of an id in the payload are marked", () =>
  use({}, async (page) => {
    await page.getByRole("button", { name: "shipments in Protobuf" }).click();
    await page.getByText("schema header, 5 bytes").waitFor();
  }));
