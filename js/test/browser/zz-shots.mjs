import { readFileSync, writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { PAGE_POLICY } from "../../scripts/policy.mjs";
import { serve } from "../../scripts/serve.mjs";
import { page as make } from "../../scripts/www.mjs";
import { launch } from "./chromium.mjs";
const out = "/tmp/left-www"; await make(out, process.env.KAFKALENS_PKG);
const server = await serve({ "/": { folder: out, policy: PAGE_POLICY } });
const browser = await launch();
const demo = "/work/wt/left/examples/demo/";
const ORDER = readFileSync(demo + "glue-avro/event.json", "utf8");
async function paste(page, text) {
  await page.getByLabel("The event’s JSON text").focus();
  await page.evaluate((held) => {
    const clipboardData = new DataTransfer(); clipboardData.setData("text/plain", held);
    const target = document.activeElement;
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    if (target.dispatchEvent(event)) { target.setRangeText(held, 0, target.value.length, "end"); target.dispatchEvent(new InputEvent("input", { bubbles: true })); }
  }, text);
}
const which = process.argv[2];
const shot = async (page, name) => { await page.waitForTimeout(400); await page.screenshot({ path: `/tmp/left-shots/${name}.png`, fullPage: process.argv[3] === "full" }); };
for (const [suffix, opts] of Object.entries({ wide: { viewport: { width: 1280, height: 800 } }, narrow: { viewport: { width: 360, height: 740 } }, dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" } })) {
  const page = await browser.newPage(opts);
  page.on("console", (m) => console.log(suffix, m.text())); page.on("pageerror", (e) => console.log(suffix, e.stack));
  await page.goto(server.address);
  await shot(page, `empty-${suffix}`);
  await page.getByRole("button", { name: "an order in Avro" }).click();
  await page.getByRole("region", { name: "Value as JSON" }).waitFor();
  await shot(page, `order-${suffix}`);
  await page.getByRole("button", { name: "a batch with damaged records" }).click();
  await page.getByText("failed at byte 19").waitFor();
  await shot(page, `damaged-${suffix}`);
  const event = JSON.parse(ORDER); const [record] = Object.values(event.records)[0];
  const payload = Buffer.from(record.value, "base64");
  record.value = Buffer.concat([Buffer.from([3, 5]), payload.subarray(2, 18), deflateSync(payload.subarray(18, 58))]).toString("base64");
  await paste(page, JSON.stringify({ version: "1.0", requestContext: { requestId: "e4b46cbf-b738-xmpl-8880-a18cdf61200e", functionArn: "arn:aws:lambda:us-east-1:1:function:f", condition: "RetryAttemptsExhausted", approximateInvokeCount: 3 }, responseContext: { statusCode: 200, functionError: "Unhandled" }, KafkaBatchInfo: { batchSize: 1, payload: JSON.stringify(event) } }));
  await page.waitForTimeout(1500);
  await shot(page, `failure-${suffix}`);
  await paste(page, "{ \"Records\": [");
  await page.waitForTimeout(800);
  await shot(page, `notjson-${suffix}`);
  await paste(page, "{ \"hello\": 1 }");
  await page.waitForTimeout(800);
  await shot(page, `noevent-${suffix}`);
  await page.close();
}
await browser.close(); await server.close();
