// One candidate in one process: node solo.mjs WORK CANDIDATE RECORDS stream|retain MILLISECONDS

import { candidates } from "./candidates.mjs";
import { eventText, reader, works } from "./workload.mjs";

const [work, candidate, count, mode, time] = process.argv.slice(2);
const records = Number(count);
const text = await eventText(work, records);
const run = await candidates[candidate].make(works[work]);
const leaf = reader(work);
let sum = 0;
const read = (value) => {
  sum += leaf(value);
};

/** Fresh strings each time, as the runtime's own JSON.parse gives them: not timed. */
async function once() {
  const event = JSON.parse(text);
  const kept = mode === "retain" ? [] : undefined;
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  await run(event, read, kept);
  const wall = Number(process.hrtime.bigint() - start);
  const { user, system } = process.cpuUsage(cpu);
  return { wall: wall / records, cpu: ((user + system) * 1000) / records, kept };
}

const budget = Number(time);
const until = async (ms, least, each) => {
  const end = performance.now() + ms;
  for (let i = 0; i < least || performance.now() < end; i++) {
    each(await once());
  }
};
await until(budget / 2, 3, () => {});
const wall = [];
let cpu = 0;
await until(budget, 5, (took) => {
  wall.push(took.wall);
  cpu += took.cpu;
});
wall.sort((a, b) => a - b);
const min_ns = wall[0];
const median_ns = wall[wall.length >> 1];
console.log(JSON.stringify({ min_ns, median_ns, cpu_ns: cpu / wall.length, sum: sum !== 0 }));
process.exit(0);
