// The page and its records: finding them, turning them by keys, and what is shown and kept of one.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { eventOf, paste, row, use } from "./use.mjs";

/** The event of some values, its records changed. */
function changed(values, change) {
  const event = JSON.parse(eventOf(values));
  Object.values(event.records)[0].forEach(change);
  return JSON.stringify(event);
}

const bytes = (text) => [...Buffer.from(text)];
const find = (page) => page.getByLabel("Find in the records");
/** Waits until so many records are shown. */
const shown = (page, count) =>
  page
    .getByRole("grid")
    .and(page.locator(`[aria-rowcount="${count + 1}"]`))
    .waitFor();

test("Find looks through all of every record", () =>
  use({}, async (page) => {
    const event = changed(
      [JSON.stringify({ filler: "x".repeat(5000), last: "Needle" }), "plain", "plain", "{oops"],
      (record, i) => {
        record.headers = i === 1 ? [{ trace: bytes("abc-123") }, { raw: [0, 255] }] : [];
        record.key = i === 2 ? Buffer.from(`${"k".repeat(1000)}lock`).toString("base64") : null;
        record.topic = i === 3 ? "other" : "t";
      },
    );
    await paste(page, event);
    await page.getByText("4 records").first().waitFor();
    await page.getByLabel("Format of the values").selectOption("json");
    await page.getByText("4 records, 3 failed").first().waitFor();
    for (const [text, wanted] of [
      ["needle", "@ 0"],
      ["ABC-123", "@ 1"],
      ["trace", "@ 1"],
      ["0x00ff", "@ 1"],
      ["kklock", "@ 2"],
      ["other-0 @ 3", "@ 3"],
    ]) {
      await find(page).fill(text);
      await shown(page, 1);
      await row(page, wanted).waitFor();
    }
    await find(page).fill("json_syntax");
    await shown(page, 3);
    // Names that every record's document has are no content.
    await find(page).fill("tombstone");
    await page
      .getByText("No record that passes the filter holds this text. All of each was searched.")
      .waitFor();
    await find(page).fill("");
    await shown(page, 4);
  }));

test("10,000 records are searched quickly, and the last text that is typed counts", () =>
  use({}, async (page) => {
    const filler = "filler ".repeat(80);
    const values = Array.from({ length: 10_000 }, (_, i) =>
      JSON.stringify({ filler, name: `customer ${i}` }),
    );
    await paste(page, eventOf(values));
    await page.getByText("10,000 records, none failed").first().waitFor();
    const before = performance.now();
    await find(page).pressSequentially("customer 1234");
    await shown(page, 1);
    const took = performance.now() - before;
    console.log(`10,000 records of 600 characters: 13 letters typed and found in ${took.toFixed(0)} ms`);
    assert.ok(took < 5000, `${took} ms`);
    await find(page).fill("");
    await shown(page, 10_000);
  }));

test("keys lead to Find and to the next record, unless something is typed", () =>
  use({}, async (page) => {
    await paste(page, eventOf(["one", "two", "three"]));
    await page.getByText("offset 0").waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("]");
    await page.getByText("offset 1").waitFor();
    await page.keyboard.press("[");
    await page.getByText("offset 0").waitFor();
    await page.keyboard.press("[");
    await page.getByRole("button", { name: "Next record" }).focus();
    await page.keyboard.press("]");
    await page.getByText("offset 1").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Next record");
    await page.keyboard.press("/");
    assert.equal(await find(page).evaluate((field) => field === document.activeElement), true);
    await page.keyboard.type("[/]");
    assert.equal(await find(page).inputValue(), "[/]");
    await find(page).fill("");
    const next = page.getByRole("button", { name: "Next record" });
    assert.equal(await next.getAttribute("title"), "Next record (key ])");
  }));

test("an error’s code tells what it means", () =>
  use({}, async (page) => {
    await page.getByRole("button", { name: "a batch with damaged records" }).click();
    await page.getByText("failed at byte 19 (0x13)").waitFor();
    await page.locator(".look .callout summary").click();
    await page.locator(".look .callout").getByText("The datum ends before its schema does.").waitFor();
    const chip = page.getByRole("button", { name: /^JSON_SYNTAX/ });
    assert.equal(await chip.getAttribute("title"), "The payload is not JSON.");
  }));

test("what would turn the writing round is shown by its number", () =>
  use({}, async (page) => {
    const turned = "a\u202eb";
    await paste(
      page,
      changed([JSON.stringify({ [turned]: turned })], (record) => {
        Object.assign(record, { topic: turned, headers: [{ [turned]: bytes(turned) }] });
      }),
    );
    await row(page, "a\\u202eb-0 @ 0").waitFor();
    await page.getByRole("heading", { name: "a\\u202eb" }).waitFor();
    assert.equal(await page.locator("main").evaluate((main) => main.textContent.includes("\u202e")), false);
    const json = await page.getByRole("region", { name: "Value as JSON" }).textContent();
    assert.deepStrictEqual(JSON.parse(json), { [turned]: turned });
  }));

test("headers are read as text or hex, and copied", () =>
  use({}, async (page) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await paste(
      page,
      changed(["one"], (record) => {
        record.headers = [{ trace: bytes("abc") }, { raw: [0, 255] }, { none: [] }];
      }),
    );
    const cell = (name) => page.locator(".headers tr").filter({ hasText: name }).locator("td");
    await cell("trace").getByText("abc").waitFor();
    await cell("trace").getByRole("button", { name: "Hex" }).click();
    await cell("trace").getByText("0x616263").waitFor();
    await cell("trace").getByRole("button", { name: "Copy" }).click();
    await cell("trace").getByText("Copied").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "0x616263");
    await cell("raw").getByText("0x00ff").waitFor();
    assert.equal(await cell("raw").getByRole("button").count(), 1);
    await cell("none").getByText("zero bytes").waitFor();
  }));

test("a payload is saved as it came", () =>
  use({}, async (page) => {
    await paste(page, eventOf([Buffer.from([0, 1, 255])]));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save bytes" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "t-0-0-value.bin");
    assert.deepStrictEqual([...(await readFile(await download.path()))], [0, 1, 255]);
  }));
