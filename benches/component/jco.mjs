// The component in Node, by the host of examples/jco-node: node jco.mjs DATA WORK [MILLISECONDS] prints what came out, or the time.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Decoder } from "../../examples/jco-node/kafkalens.mjs";
import { measure } from "../js/measure.mjs";

const [data, work, milliseconds] = process.argv.slice(2);
const read = (name) => readFileSync(join(data, name), "utf8");
const event = read(`${work}.json`);
const decoder = new Decoder(JSON.parse(read(`${work}.config.json`)));
const text = decoder.decodeJson(event);
if (milliseconds === undefined) {
  process.stdout.write(text);
} else {
  const { length } = JSON.parse(text).records;
  const figures = await measure(
    length,
    Number(milliseconds),
    () => event,
    (event) => decoder.decodeJson(event),
  );
  console.log(JSON.stringify(figures));
}
