// The page in headless Chromium, for the tests that use it.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { PAGE_POLICY } from "../../scripts/policy.mjs";
import { serve } from "../../scripts/serve.mjs";
import { page as make } from "../../scripts/www.mjs";
import { launch } from "./chromium.mjs";

const out = mkdtempSync(join(tmpdir(), "kafkalens-www-"));
await make(out, process.env.KAFKALENS_PKG);
const server = await serve({ "/": { folder: out, policy: PAGE_POLICY } });
const browser = await launch();
after(async () => {
  await browser.close();
  await server.close();
  rmSync(out, { recursive: true });
});

/** Opens the page, uses it, and fails if it said anything but what `said` matches, or asked for anything that is not its own. */
export async function use({ said, ...options }, act) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  const problems = [];
  const requests = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.stack));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(server.address);
  try {
    await act(page);
    assert.deepStrictEqual(
      problems.filter((problem) => !said?.test(problem)),
      [],
    );
    assert.deepStrictEqual(
      requests.filter((url) => !url.replace(/^blob:/, "").startsWith(server.address)),
      [],
    );
  } finally {
    await page.close();
  }
}

/** The page as it is opened from its folder, which no server is asked for. */
export async function unserved(act) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(out, "index.html")).href);
  await act(page).finally(() => page.close());
}

/** Pastes into the event's text area. */
export async function paste(page, text) {
  await page.getByLabel("The event’s JSON text").focus();
  await page.evaluate((held) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", held);
    const target = document.activeElement;
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    if (target.dispatchEvent(event)) {
      target.setRangeText(held, 0, target.value.length, "end");
      target.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
    }
  }, text);
}

/** A row of the table, by its place. */
export const row = (page, place) => page.getByRole("row").filter({ hasText: place });
/** What a row shows, by column. */
export const cells = async (page, place) => {
  const texts = await row(page, place).getByRole("gridcell").allTextContents();
  return Object.fromEntries(["place", "status", "key", "value", "schema"].map((name, i) => [name, texts[i]]));
};

/** An event with these values. */
export function eventOf(values) {
  const records = values.map((value, offset) => ({
    topic: "t",
    partition: 0,
    offset,
    timestamp: 1700000000000,
    timestampType: "CREATE_TIME",
    value: value === null ? null : Buffer.from(value).toString("base64"),
    headers: [],
  }));
  return JSON.stringify({ eventSource: "aws:kafka", records: { "t-0": records } });
}
