// One instance, whichever way the package is loaded: an error of the one is an error of the other.
import { createRequire } from "node:module";
import * as imported from "kafkalens";
import { config, event } from "./sample.mjs";

const required = createRequire(import.meta.url)("kafkalens");
const all = { ...imported };
for (const [name, value] of Object.entries(required)) {
  if (all[name] !== value) {
    throw new Error(`import and require give different things for ${name}`);
  }
}
const [record] = required.createDecoderSync(config).decodeEvent(event);
console.log("decoded", record.value.order_id);
