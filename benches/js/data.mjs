// node data.mjs FOLDER RECORDS: writes what the other suites decode: of each workload an event and its configuration.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { config, eventText, works } from "./workload.mjs";

const [folder, records] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [name, work] of Object.entries(works)) {
  writeFileSync(join(folder, `${name}.json`), await eventText(name, Number(records)));
  writeFileSync(join(folder, `${name}.config.json`), JSON.stringify(config(work)));
}
