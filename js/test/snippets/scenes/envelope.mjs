// What `envelope` says of an on-failure record in an SQS event; `…` stands for any text.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { folder, kafkalens } from "../../support/package.mjs";

const { kafkaEvents, onFailure } = await import(pathToFileURL(`${folder}/testing.mjs`).href);

export default {
  check({ code }) {
    const orders = [5, 6, 7].map((offset) => ({ offset, value: "text" }));
    const event = kafkaEvents({}, { topic: "orders" }).selfManaged(orders);
    const failed = onFailure({ ...event, bootstrapServers: "b-1.example.com:9098" }, { destination: "sqs" });
    const found = kafkalens.createDecoderSync().envelope(failed);
    const written = JSON.parse(code);
    assert.deepEqual(likeness(found, written), written);
  },
};

/** What was found, with `…` where that is written. */
function likeness(found, written) {
  if (typeof found !== "object" || found === null) {
    return typeof found === "string" && written === "…" ? written : found;
  }
  const parts = Object.entries(found).map(([name, held]) => [name, likeness(held, written?.[name])]);
  return Array.isArray(found) ? parts.map(([, held]) => held) : Object.fromEntries(parts);
}
