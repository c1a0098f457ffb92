// One candidate in one process: node solo.mjs WORK CANDIDATE RECORDS stream|retain MILLISECONDS

import { candidates } from "./candidates.mjs";
import { measure } from "./measure.mjs";
import { eventText, inputOf, reader, works } from "./workload.mjs";

const [work, candidate, records, mode, milliseconds] = process.argv.slice(2);
const text = await eventText(work, Number(records));
const decode = await candidates[candidate].make(works[work]);
const leaf = reader(work);
let sum = 0;
const read = (value) => {
  sum += leaf(value);
};

const input = inputOf(work);
const fresh = () => input(text);
const figures = await measure(Number(records), Number(milliseconds), fresh, (event) => {
  const kept = mode === "retain" ? [] : undefined;
  const done = decode(event, read, kept);
  return done instanceof Promise ? done.then(() => kept) : kept;
});
console.log(JSON.stringify({ ...figures, sum: sum !== 0 }));
process.exit(0);
