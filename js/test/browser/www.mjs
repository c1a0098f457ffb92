// The page in headless Chromium, as somebody uses it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { cells, eventOf, paste, row, use } from "./use.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const demo = join(here, "..", "..", "..", "examples", "demo");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ORDER = readFileSync(join(demo, "glue-avro", "event.json"), "utf8");
const ORDER_SCHEMA = join(demo, "glue-avro", "order.avsc");

test("the sample event is pasted, its schema given by file, the order read in the table", () =>
  use({ viewport: { width: 1600, height: 900 } }, async (page) => {
    await paste(page, ORDER);
    await page.getByText("A schema is missing").waitFor();
    assert.equal((await cells(page, "10293")).status, "failed");
    await page.locator("#open-schema").setInputFiles(ORDER_SCHEMA);
    await row(page, "10293").getByText("iabxa").waitFor();
    const { place, status, key, value, schema } = await cells(page, "10293");
    assert.equal(place, "orders-2 @ 10293");
    assert.equal(status, "ok");
    assert.equal(key, '{"order_id":"d6d8d2c6-a860-4256-af5b-8f57491fc8af"}');
    assert.match(
      value,
      /^\{"order_id":"d6d8d2c6-.*"ordered_at":"2023-04-04T18:12:21\.751Z","user_id":"iabxa"/,
    );
    assert.equal(schema, "glue:de0ffae0-8c2c-4279-ac0d-fd96883ba56e");
    const json = await page.getByRole("region", { name: "Value as JSON" }).textContent();
    assert.equal(JSON.parse(json).order_items[0].product_id, 5150);
    assert.equal(await page.getByLabel("Format of the keys").inputValue(), "json");
    assert.equal(await page.getByText("schema header, 18 bytes").count(), 1);
  }));

test("an on-failure record is opened, with a schema pasted and the sentence changed", () =>
  use({}, async (page) => {
    const record = { requestContext: { condition: "RetryAttemptsExhausted" }, payload: ORDER };
    const files = [
      { name: "failed.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(record)) },
    ];
    await page.locator("#open").setInputFiles(files);
    await page.getByRole("button", { name: "Paste one" }).click();
    await page.getByLabel("A schema’s text").fill(readFileSync(ORDER_SCHEMA, "utf8"));
    await row(page, "10293").getByText("iabxa").waitFor();
    await page.getByLabel("Format of the values").selectOption("bytes");
    await page.getByLabel("Framing of the values").selectOption("none");
    await row(page, "10293").getByText("AwDeD").waitFor();
  }));

test("an on-failure record that only names its records tells its story and how to read them", () =>
  use({}, async (page) => {
    await paste(page, readFileSync(join(here, "..", "cli", "fixtures", "only-named.json"), "utf8"));
    await page.getByText("On-failure record: RetryAttemptsExhausted").waitFor();
    await page.getByText("Given up after about 3 tries").waitFor();
    const command = page.getByRole("region", { name: "Command for orders-0, offsets 5 to 7" });
    assert.equal(
      await command.textContent(),
      "kcat -C -b b-1.example.com:9098 -t orders -p 0 -o 5 -c 3 -e -J",
    );
    assert.equal(await page.getByText("EVENT_SHAPE").isVisible(), false);
    await paste(page, ORDER);
    await row(page, "10293").waitFor();
    assert.equal(await page.getByText("On-failure record:").count(), 0);
  }));

test("what is typed into Find is kept while rows change", () =>
  use({}, async (page) => {
    await paste(
      page,
      eventOf(Array.from({ length: 2000 }, (_, i) => JSON.stringify({ name: `customer ${i}` }))),
    );
    await page.getByText("2,000 records, none failed").first().waitFor();
    await page.getByLabel("Find in the records").pressSequentially("customer 1234");
    assert.equal(await page.getByLabel("Find in the records").inputValue(), "customer 1234");
    await page.getByRole("grid").and(page.locator('[aria-rowcount="2"]')).waitFor();
  }));

test("a failing record shows its error and marks the byte", () =>
  use({}, async (page) => {
    await page.getByRole("button", { name: "a batch with damaged records" }).click();
    await page.getByText("7 records, 3 failed").first().waitFor();
    assert.equal((await cells(page, "10296")).status, "tombstone");
    // The first that failed is chosen.
    await page.getByText("failed at byte 19 (0x13)").waitFor();
    assert.deepStrictEqual(await page.locator(".hex mark").allTextContents(), ["64", "d"]);
    await page.getByRole("button", { name: "Failed", exact: true }).click();
    assert.equal(await page.getByRole("grid").getAttribute("aria-rowcount"), "4");
    await page.getByRole("button", { name: /JSON_SYNTAX/ }).click();
    await page.getByRole("heading", { name: "Key" }).waitFor();
    assert.equal(await page.getByRole("grid").getAttribute("aria-rowcount"), "2");
  }));

test("a Protobuf payload is read without its schema", () =>
  use({}, async (page) => {
    const order = Buffer.from("08960112064c6170746f701a0408011002", "hex");
    await paste(page, eventOf([Buffer.concat([Buffer.from([0, 0, 0, 0, 7, 0]), order]), "no message"]));
    const summary = page.getByText("Read the value as Protobuf without a schema");
    await summary.click();
    await page.getByText("The message begins at byte 6.").waitFor();
    const fields = page.locator(".fields > div > ol > li");
    assert.deepStrictEqual(await fields.locator("> strong").allTextContents(), ["1", "2", "3"]);
    assert.equal(await fields.nth(1).locator("code").first().textContent(), '"Laptop"');
    assert.equal(await fields.nth(2).locator("ol > li").count(), 2);
    await row(page, "@ 1").click();
    await summary.click();
    await page.locator(".fields .callout").waitFor();
  }));

test("a payload's likely readings, and one of them taken", () =>
  use({}, async (page) => {
    const framed = Buffer.concat([Buffer.from([0, 0, 0, 0, 7]), Buffer.from('{"id":1}')]);
    await paste(page, eventOf([framed]));
    await page.getByLabel("Framing of the values").selectOption("none");
    await page.getByLabel("Format of the values").selectOption("json");
    await page.getByText("JSON_SYNTAX").first().waitFor();
    // Open at once, since the value failed.
    await page.getByText("a zero byte and a small id of four bytes, and decodes so").waitFor();
    await page.getByRole("button", { name: "Read it so: confluent + json" }).click();
    await row(page, "@ 0").getByText('{"id":1}').waitFor();
    assert.equal(await page.getByLabel("Framing of the values").inputValue(), "confluent");
  }));

test("a failure inside a compressed body is marked in the inflated bytes", () =>
  use({}, async (page) => {
    const event = JSON.parse(ORDER);
    const [record] = Object.values(event.records)[0];
    const payload = Buffer.from(record.value, "base64");
    // Compression 5 in Glue's header, and a body that ends at its byte 40.
    const header = Buffer.from(payload.subarray(0, 18)).fill(5, 1, 2);
    record.value = Buffer.concat([header, deflateSync(payload.subarray(18, 58))]).toString("base64");
    await paste(page, JSON.stringify(event));
    await page.getByText("A schema is missing").waitFor();
    await page.locator("#open-schema").setInputFiles(ORDER_SCHEMA);
    await page.getByText("Inflated, the body has 40 bytes").waitFor();
    const body = page.getByRole("region", {
      name: "Inflated body of the value, 40 bytes, decoding failed at byte",
    });
    // The bytes are there before the schema is; the failure comes with it.
    await body.waitFor();
    assert.equal(await body.locator("mark").count(), 2);
    assert.equal(await page.locator(".hex mark").count(), 2);
  }));

for (const file of ["shipment.proto", "shipment.fds"]) {
  test(`Protobuf by ${file}`, () =>
    use({}, async (page) => {
      await paste(page, readFileSync(join(demo, "confluent-protobuf", "event.json"), "utf8"));
      await page.getByText("A schema is missing").waitFor();
      await page.locator("#open-schema").setInputFiles(join(demo, "confluent-protobuf", file));
      await row(page, "77").getByText('"shipmentId":9007199254740993').waitFor();
    }));
}

test("several .proto files that import each other; one schema for each id", () =>
  use({}, async (page) => {
    await paste(page, readFileSync(join(demo, "confluent-protobuf", "event.json"), "utf8"));
    await page.getByText("A schema is missing").waitFor();
    const fixtures = join(here, "..", "cli", "fixtures");
    await page
      .locator("#open-schema")
      .setInputFiles([join(fixtures, "parts", "parcel.proto"), join(fixtures, "shipment.proto")]);
    await page.getByLabel("Schema of the values").selectOption("own");
    await page.getByLabel("Schema for confluent:42").selectOption({ label: "is shipment.proto" });
    await row(page, "77").getByText('"shipmentId":9007199254740993').waitFor();
  }));

test("content is text, never HTML", () =>
  use({}, async (page) => {
    const html = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await paste(page, eventOf([JSON.stringify({ [html]: html })]));
    await row(page, "@ 0").getByText("onerror").waitFor();
    await page.getByRole("region", { name: "Value as JSON" }).getByText("onerror").first().waitFor();
    assert.equal(await page.locator("main img, main script").count(), 0);
    assert.equal(await page.title(), "kafkalens");
  }));

test("nothing can be sent", () =>
  use({}, async (page) => {
    const refused = await page
      .evaluate(async (address) => {
        const tried = await fetch(address).catch((error) => error.name);
        return [tried, navigator.sendBeacon?.(address, "x")];
      }, "http://127.0.0.1:9/")
      .catch(String);
    assert.equal(refused[0], "TypeError");
  }).catch((error) => {
    // The browser says on the console that it refused.
    assert.match(error.message, /Content Security Policy/);
  }));

test("all of it by keyboard", () =>
  use({}, async (page) => {
    await page.getByRole("button", { name: "a batch with damaged records" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("failed at byte 19").waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("End");
    await page.getByText("offset 10299").waitFor();
    await page.keyboard.press("Home");
    await page.getByText("offset 10293").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.getByText("offset 10294").waitFor();
    const active = await page.getByRole("grid").getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
    await page.getByRole("button", { name: "Next record" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("offset 10295").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Next record");
  }));

test("10,000 records scroll, and only those in sight exist", () =>
  use({}, async (page) => {
    const values = Array.from({ length: 10_000 }, (_, i) => JSON.stringify({ id: i, name: `customer ${i}` }));
    await paste(page, eventOf(values));
    await page.getByText("10,000 records, none failed").first().waitFor();
    const { most, frames } = await page.evaluate(async () => {
      const grid = document.querySelector('[role="grid"]');
      const frames = [];
      let most = 0;
      let before = performance.now();
      const last = grid.scrollHeight - grid.clientHeight;
      for (let step = 0; step <= 200; step++) {
        grid.scrollTop = (last * step) / 200;
        await new Promise((done) => requestAnimationFrame(done));
        const now = performance.now();
        frames.push(now - before);
        before = now;
        most = Math.max(most, grid.querySelectorAll('[role="row"]').length);
      }
      return { most, frames: frames.sort((a, b) => a - b) };
    });
    assert.ok(most > 5 && most < 80, `${most} rows`);
    const at = (part) => frames[Math.floor(part * (frames.length - 1))].toFixed(1);
    console.log(`10,000 records: at most ${most} rows; frames of ${at(0.5)} ms, 95 % within ${at(0.95)} ms`);
    await row(page, "@ 9999").waitFor();
    await page.getByLabel("Find in the records").fill("customer 1234");
    await page.getByRole("grid").and(page.locator('[aria-rowcount="2"]')).waitFor();
  }));

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    test(`axe finds nothing, and nothing overflows: ${colorScheme}, ${width} px`, () =>
      use({ colorScheme, viewport: { width, height: 800 } }, async (page) => {
        await checked(page, "empty");
        await page.getByRole("button", { name: "a batch with damaged records" }).click();
        await page.getByText("failed at byte 19").waitFor();
        await checked(page, "failed records");
        await page.getByRole("button", { name: "Remove order.avsc" }).click();
        await page.getByText("A schema is missing").waitFor();
        await checked(page, "missing schema");
        await paste(page, readFileSync(join(demo, "confluent-protobuf", "event.json"), "utf8"));
        await page.getByText("2 records").first().waitFor();
        await page.locator("#open-schema").setInputFiles(join(demo, "confluent-protobuf", "shipment.fds"));
        await page.getByRole("region", { name: "Value as JSON" }).waitFor();
        await checked(page, "decoded");
        await paste(page, readFileSync(join(here, "..", "cli", "fixtures", "only-named.json"), "utf8"));
        await page.getByText("On-failure record:").waitFor();
        await checked(page, "named records");
        await paste(page, "{");
        await page.getByText("EVENT_NOT_JSON").waitFor();
        await checked(page, "no event");
      }));
  }
}

async function checked(page, state) {
  // Transitions would be measured on their way.
  await page.waitForTimeout(200);
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`,
    );
  });
  assert.deepStrictEqual(violations, [], state);
  const [wide, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= width, `${state}: ${wide} px wide`);
}
