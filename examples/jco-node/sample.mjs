// Decodes the sample event of examples/demo: an order in Avro behind a Glue header.

import { readFileSync } from "node:fs";
import { Decoder } from "./kafkalens.mjs";

const read = (name) => readFileSync(new URL(`../demo/glue-avro/${name}`, import.meta.url), "utf8");

const decoder = new Decoder({
  key: { format: "json" },
  value: { format: "avro", framing: "glue", writer: read("order.avsc"), anyId: true },
});
for (const { topic, partition, offset, key, value } of decoder.decode(read("event.json"))) {
  console.log(topic, partition, offset, key.error?.message ?? key.json);
  console.log(value.error?.message ?? value.json);
}
decoder.dispose();
