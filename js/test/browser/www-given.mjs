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

test("a folder that is dropped is told, and what is dropped with it is taken", () =>
  use({}, async (page) => {
    await page.evaluate(
      (event) => {
        const dataTransfer = new DataTransfer();
        const folder = new File([], "events");
        dataTransfer.items.add(folder);
        dataTransfer.items.add(new File([event], "event.json"));
        // As a browser reads a folder, which no script can make.
        const { arrayBuffer } = File.prototype;
        File.prototype.arrayBuffer = function () {
          const refused = () => Promise.reject(new DOMException("not found", "NotFoundError"));
          return this.name === "events" ? refused() : arrayBuffer.call(this);
        };
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      },
      eventOf(["one"]),
    );
    await page.getByText("events can’t be read. If it is a folder, give the files in it.").waitFor();
    await row(page, "@ 0").getByText("one").waitFor();
  }));

test("a worker that can’t load is told, and started again for the next event", () =>
  use({ said: /ERR_FAILED/ }, async (page) => {
    await page.route("**/worker.js", (route) => route.abort());
    await page.reload();
    await paste(page, eventOf(["one"]));
    await page.getByText("The page’s decoder couldn’t be loaded").waitFor();
    assert.equal(await page.locator("html[data-busy]").count(), 0);
    await page.unroute("**/worker.js");
    await paste(page, eventOf(["two"]));
    await row(page, "@ 0").getByText("two").waitFor();
    assert.equal(await page.getByText("The page’s decoder").count(), 0);
  }));

test("a worker that stops is told, and started again for the next event", () =>
  use({ said: /out of memory/ }, async (page) => {
    await paste(page, eventOf(["one"]));
    await row(page, "@ 0").getByText("one").waitFor();
    await page.workers()[0].evaluate(() => {
      setTimeout(() => {
        throw new Error("out of memory");
      });
    });
    await page.getByText("The page’s decoder couldn’t be loaded, or stopped").waitFor();
    await paste(page, eventOf(["two"]));
    await row(page, "@ 0").getByText("two").waitFor();
  }));

test("a long text that is pasted right after a cut stays", () =>
  use({}, async (page) => {
    await paste(page, eventOf(["one"]));
    await row(page, "@ 0").getByText("one").waitFor();
    await page.evaluate(
      (text) => {
        const area = document.querySelector("#paste");
        area.value = "";
        area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "deleteByCut" }));
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      },
      eventOf(["x".repeat(200_000)]),
    );
    await page.waitForTimeout(400);
    await row(page, "@ 0").getByText("xxx").waitFor();
  }));

/** Bytes behind Confluent's header. */
const framed = (id, ...bytes) => [0, 0, 0, 0, id, ...bytes];
const pasteSchema = async (page, text) => {
  await page.getByRole("button", { name: "Paste one" }).click();
  await page.getByLabel("A schema’s text").fill(text);
};
const open = (page, ...files) => page.locator("#open-schema").setInputFiles(files);

test("two versions of a schema are pasted, each for its id", () =>
  use({}, async (page) => {
    await paste(page, eventOf([framed(41, 2), framed(42, 2, 4)]));
    await page.getByText("2 schemas are missing").waitFor();
    await pasteSchema(page, longs("Order", "a"));
    await page.getByLabel("Schema of the values").selectOption({ label: "Order, pasted 1" });
    await pasteSchema(page, longs("Order", "a", "b"));
    await page.getByLabel("Schema of the values").selectOption("own");
    await page.getByLabel("Schema for confluent:41").selectOption({ label: "is Order, pasted 1" });
    await page.getByLabel("Schema for confluent:42").selectOption({ label: "is Order, pasted 2" });
    await row(page, "@ 0").getByText('{"a":1}').waitFor();
    await row(page, "@ 1").getByText('{"a":1,"b":2}').waitFor();
  }));

test("a schema file that was edited keeps the ids that were chosen for it", () =>
  use({}, async (page) => {
    await paste(page, eventOf([framed(41, 2)]));
    await page.getByText("A schema is missing").waitFor();
    await open(page, file("order.avsc", longs("Order", "a")));
    await page.getByLabel("Schema of the values").selectOption("own");
    await page.getByLabel("Schema for confluent:41").selectOption({ label: "is order.avsc" });
    await row(page, "@ 0").getByText('{"a":1}').waitFor();
    await open(page, file("order.avsc", longs("Order", "b")));
    await row(page, "@ 0").getByText('{"b":1}').waitFor();
    await page.getByText("Avro, for confluent:41").waitFor();
    assert.equal(await page.getByRole("button", { name: "Remove order.avsc" }).count(), 1);
  }));

test("two .proto files of one name, from two folders", () =>
  use({}, async (page) => {
    const common = (name) =>
      file("common.proto", `syntax = "proto3"; \npackage shop.${name};\nmessage M { int32 ${name} = 1; }`);
    const order = `syntax = "proto3";
      import "shop/a/common.proto";
      import "shop/b/common.proto";
      message Order { shop.a.M first = 1; shop.b.M second = 2; }`;
    await paste(page, eventOf([framed(41, 0, 0x0a, 2, 8, 7, 0x12, 2, 8, 9)]));
    await page.getByText("A schema is missing").waitFor();
    await open(page, common("b"));
    await open(page, common("a"));
    await open(page, file("order.proto", order));
    await page.getByLabel("Format of the values").selectOption("protobuf");
    await page.getByLabel("Schema of the values").selectOption({ label: "order.proto" });
    await row(page, "@ 0").getByText('{"first":{"a":7},"second":{"b":9}}').waitFor();
  }));

test("an event’s error has the line and column of a file with CRLF", () =>
  use({}, async (page) => {
    const text = '{\r\n  "eventSource": "aws:kafka",\r\n  "records": {\r\n    oops\r\n  }\r\n}\r\n';
    await page.locator("#open").setInputFiles([file("event.json", text)]);
    await page.getByText("Line 4, column 5 of the event").waitFor();
  }));
