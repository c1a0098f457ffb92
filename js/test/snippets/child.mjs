// node child.mjs MODULE EVENT RESULT imports a snippet, as Lambda would: a handler that it exports is called with the event.

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, event, result] = process.argv.slice(2);
const made = await import(pathToFileURL(module).href);
const handler = made.handler ?? made.default?.handler;
if (typeof handler === "function") {
  const until = Date.now() + 30_000;
  const context = { awsRequestId: "11111111-2222-4333-8444-555555555555" };
  context.getRemainingTimeInMillis = () => until - Date.now();
  const returned = await handler(JSON.parse(readFileSync(event, "utf8")), context);
  writeFileSync(result, JSON.stringify(returned) ?? "");
}
