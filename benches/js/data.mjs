// node data.mjs FOLDER RECORDS: writes what the other suites decode: events, schemas, and the descriptor set.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { descriptorSet, eventText, works } from "./workload.mjs";

const [folder, records] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const name of ["avro", "small", "proto"]) {
  writeFileSync(join(folder, `${name}.json`), await eventText(name, Number(records)));
  if (works[name].schema !== undefined) {
    writeFileSync(join(folder, `${name}.avsc`), JSON.stringify(works[name].schema));
  }
}
writeFileSync(join(folder, "order.desc"), descriptorSet);
