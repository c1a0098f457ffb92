import { createDecoder } from "kafkalens";
import { expect, test } from "vitest";
import { config, event, expected } from "./sample.mjs";

test("decodes", async () => {
  const [record] = (await createDecoder(config)).decodeEvent(event);
  expect(record.value.order_id).toBe(expected);
  console.log("decoded", record.value.order_id);
});
