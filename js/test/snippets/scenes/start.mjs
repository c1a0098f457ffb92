// An order of the Glue Schema Registry, its schema beside it.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const demo = join(dirname(fileURLToPath(import.meta.url)), "../../../../examples/demo/glue-avro");

export default {
  files: { "order.avsc": readFileSync(join(demo, "order.avsc"), "utf8") },
  event: JSON.parse(readFileSync(join(demo, "event.json"), "utf8")),
};
