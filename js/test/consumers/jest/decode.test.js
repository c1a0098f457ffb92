const { createDecoder } = require("kafkalens");
const { config, event, expected } = require("./sample.cjs");

test("decodes", async () => {
  const [record] = (await createDecoder(config)).decodeEvent(event);
  expect(record.value.order_id).toBe(expected);
  console.log("decoded", record.value.order_id);
});
