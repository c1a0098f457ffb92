// The page and what it is given: headers that aren't in the payload, folders, files of one name, a worker that stops.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventOf, paste, row, unserved, use } from "./use.mjs";

const demo = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "examples", "demo");
/** A file as it is opened. */
const file = (name, content) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content),
});
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
    await page.getByText("Expected the page’s decoder, found that it couldn’t be loaded").waitFor();
    assert.equal(await page.locator("html[data-busy]").count(), 0);
    await page.unroute("**/worker.js");
    await paste(page, eventOf(["two"]));
    await row(page, "@ 0").getByText("two").waitFor();
    assert.equal(await page.getByText("Expected the page’s decoder").count(), 0);
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
    await page
      .getByText("Expected the page’s decoder, found that it couldn’t be loaded or has stopped")
      .waitFor();
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

/** Opens files as events, or whatever they are. */
const openAny = (page, ...files) => page.locator("#open").setInputFiles(files);
/** An event as a mapping with a registry delivers JSON: its metadata goes before what is configured. */
const withMetadata = (value) =>
  eventWith(value, { valueSchemaMetadata: { dataFormat: "JSON", schemaId: "1" }, topic: "metadata" });

test("several event files are all read, whatever each of them came in", () =>
  use({}, async (page) => {
    const failed = JSON.stringify({ requestContext: { condition: "x" }, payload: withMetadata('{"n":2}') });
    const log = `START x\n2026-01-01\tINFO\t${eventOf(['{"n":3}'])}\nEND x\n`;
    await openAny(
      page,
      file("one.json", JSON.stringify(JSON.parse(eventOf(['{"n":1}'])), null, 2)),
      file("failed.json", failed),
      file("function.log", log),
    );
    await page.getByText("3 records").first().waitFor();
    await page.getByLabel("Format of the values").selectOption("json");
    await page.getByText("3 records, none failed").first().waitFor();
    await page.getByText("one.json, failed.json and function.log · ").waitFor();
    assert.equal(await page.locator("#paste").getAttribute("placeholder").then(Boolean), true);
    const texts = await page.locator(".spacer .value").allTextContents();
    assert.deepStrictEqual(texts, ['{"n":1}', '{"n":2}', '{"n":3}']);
    // The bytes of the one with metadata are there as well.
    await row(page, "metadata-0").click();
    await page.getByRole("region", { name: "Bytes of the value, 7 bytes" }).waitFor();
  }));

test("of several files, those without an event are told, and the others are taken", () =>
  use({}, async (page) => {
    await openAny(page, file("one.json", eventOf(["one"])), file("cut.json", eventOf(["two"]).slice(0, -9)));
    await row(page, "@ 0").getByText("one").waitFor();
    await page
      .getByText("cut.json is left out: EVENT_NOT_JSON, expected JSON text, found its end (line 1, column ")
      .waitFor();
    assert.equal(await page.locator("#paste").inputValue(), eventOf(["one"]));
  }));

const DESCRIPTORS = readFileSync(join(demo, "confluent-protobuf", "shipment.fds"));
/** A set of one file without a message: its bytes are text as well. */
const SMALL = Buffer.from("\n\f\n\nsmall.prot");
for (const name of ["ok.binpb", "ok.descriptor", "ok"]) {
  test(`descriptors are told by their bytes: ${name}`, () =>
    use({}, async (page) => {
      await paste(page, readFileSync(join(demo, "confluent-protobuf", "event.json"), "utf8"));
      await page.getByText("A schema is missing").waitFor();
      await open(page, file(name, SMALL));
      await page.getByRole("button", { name: `Remove ${name}` }).click();
      await page.getByText("A schema is missing").waitFor();
      await openAny(page, file(name, DESCRIPTORS));
      await row(page, "77").getByText('"shipmentId":9007199254740993').waitFor();
    }));
}

test("a file under Schemas is a schema or refused, and leaves the event as it is", () =>
  use({}, async (page) => {
    await paste(page, eventOf(["one"]));
    await row(page, "@ 0").getByText("one").waitFor();
    await open(page, file("event.json", eventOf(["two"])), file("note.txt", "hello"), file("x", [0xff, 1]));
    await page.getByText("event.json is no schema: neither").waitFor();
    await page.getByText("note.txt is no schema: neither").waitFor();
    await page.getByText("x is no schema: neither").waitFor();
    assert.equal((await page.locator("#schemas li").count()) + (await page.locator(".callout").count()), 0);
    await row(page, "@ 0").getByText("one").waitFor();
    await open(
      page,
      file("long", '"long"'),
      file("text", 'syntax = "proto3";'),
      file("b64", `${DESCRIPTORS.toString("base64")}\n`),
    );
    await page.getByRole("button", { name: "Remove b64" }).waitFor();
    const kinds = await page.locator("#schemas .kind").allTextContents();
    assert.deepStrictEqual(kinds, ["Avro, not used", "Protobuf, not used", "Protobuf, not used"]);
  }));

for (const [encoding, encoded] of [
  ["UTF-8 with a mark", (text) => Buffer.from(`\ufeff${text}`)],
  ["UTF-16, little-endian", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16, big-endian", (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
]) {
  test(`files in the encoding that their mark names: ${encoding}`, () =>
    use({}, async (page) => {
      const event = file("e.json", encoded(eventOf([[0, 0, 0, 0, 42, 2, 4]])));
      await page.locator("#open").setInputFiles([event, file("a.avsc", encoded(longs("A", "a", "b")))]);
      await row(page, "@ 0").getByText('{"a":1,"b":2}').waitFor();
      await page.locator("#open-schema").setInputFiles([file("b", encoded(longs("B", "b")))]);
      await page.locator("#schemas").getByText("b", { exact: true }).waitFor();
    }));
}

test("bytes that begin as UTF-16 does are a payload all the same", () =>
  use({}, async (page) => {
    await page.locator("#open").setInputFiles([file("p.bin", Buffer.from([0xff, 0xfe, 1, 2]))]);
    await page.getByText("p.bin is no event: it’s read as one record’s value.").waitFor();
  }));

test("a payload by itself is one record’s value", () =>
  use({}, async (page) => {
    await openAny(page, file("order.bin", [0xff, 0, 1]));
    await page.getByText("order.bin is no event: it’s read as one record’s value.").waitFor();
    await page.getByRole("region", { name: "Bytes of the value, 3 bytes" }).waitFor();
    await paste(page, "7b22 6964 223a 317d");
    await page.getByText("EVENT_SHAPE").waitFor();
    await page.getByRole("button", { name: "Read it as one record’s value" }).click();
    await row(page, "payload-0 @ 0").getByText('{"id":1}').waitFor();
    await page.getByText("Pasted, a payload in hex").waitFor();
    await paste(page, "eyJpZCI6MX0=");
    await page.getByText("EVENT_NOT_JSON").waitFor();
    await page.getByRole("button", { name: "Read it as one record’s value" }).click();
    await row(page, "payload-0 @ 0").getByText('{"id":1}').waitFor();
  }));

test("opened from a file, where no script runs, it says how to serve it", async () => {
  await unserved((page) => page.getByText("start npx kafkalens ui and open the address").waitFor());
  await use({}, async (page) => {
    await page.getByRole("button", { name: "an order in Avro" }).waitFor();
    assert.equal(await page.locator("#unserved").count(), 0);
  });
});
