// node run.mjs [--work a,b] [--only a,b] [--records N,M] [--mode stream,retain] [--rounds N] [--ms N]: the table, and
// target/bench/js.json. Results of every workload are compared first, with 200 records, whatever is measured.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { candidates, candidatesFor } from "./candidates.mjs";
import { eventText, inputOf, selected, works } from "./workload.mjs";

const { values: options } = parseArgs({
  options: {
    work: { type: "string" },
    only: { type: "string" },
    records: { type: "string", default: "1,10,100,1000,10000" },
    rounds: { type: "string", default: "3" },
    ms: { type: "string", default: "600" },
    mode: { type: "string", default: "stream,retain" },
  },
});
const list = (text) => text.split(",");
const names = options.work === undefined ? Object.keys(works) : list(options.work);
const results = [];

/** Results are compared before anything is timed; where a peer's types differ by design, up to those. */
async function agree(work, wanted) {
  const event = inputOf(work)(await eventText(work, 200));
  let first;
  for (const name of wanted) {
    const { make, alone, differs } = candidates[name];
    if (alone) {
      // It changes its process; the tests over every vector hold it equal to its neighbour.
      continue;
    }
    const all = [];
    await (await make(works[work]))(event, () => {}, all);
    const kept =
      works[work].select === undefined ? all : all.map(({ key, value }) => ({ key, value: selected(value) }));
    const found = differs === undefined ? kept : kept.map(({ key, value }) => ({ key, value: loose(value) }));
    first ??= kept;
    const expected =
      differs === undefined ? first : first.map(({ key, value }) => ({ key, value: loose(value) }));
    assert.deepStrictEqual(plain(found), plain(expected), `${work}: ${name}`);
  }
}

const plain = (kept) => kept.map(({ key, value }) => ({ key, value: plainValue(value) }));

function plainValue(value) {
  if (Array.isArray(value)) {
    return value.map(plainValue);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, plainValue(v)]));
  }
  return value;
}

const statuses = ["PENDING", "PAID", "SHIPPED", "DELIVERED", "CANCELLED"];

/** Brings the shapes that peers choose to one: wrapped unions, Long, bigint, numbers of enums. */
function loose(value) {
  if (Array.isArray(value)) {
    return value.map(loose);
  }
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === "bigint") {
    return Number(value);
  }
  if (typeof value !== "object") {
    return value;
  }
  if (typeof value.toNumber === "function") {
    return value.toNumber();
  }
  // protobufjs keeps a message's defaults on its prototype.
  const names = [];
  for (const name in value) {
    names.push(name);
  }
  const read = names.filter((name) => name !== "$typeName" && typeof value[name] !== "function");
  const entries = read.map((name) => [name, value[name]]).filter(([, v]) => v !== null && v !== undefined);
  const one = entries.length === 1 ? entries[0] : undefined;
  if (one !== undefined && one[0] === "string") {
    return one[1];
  }
  const fix = (name, v) => {
    if (name === "status" && typeof v === "number") return statuses[v];
    if ((name === "createdAt" || name === "ts") && typeof v === "string") return Date.parse(v);
    return loose(v);
  };
  return Object.fromEntries(entries.map(([name, v]) => [name, fix(name, v)]).sort());
}

function measure(work, wanted, records, mode) {
  const best = new Map();
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const name of wanted) {
      if (candidates[name].slow && (round > 0 || records > 1000)) {
        continue;
      }
      const took = solo(work, name, records, mode);
      const known = best.get(name) ?? took;
      best.set(name, least(known, took));
    }
  }
  const reference = best.get(["avsc", "protobufjs-toObject", "JSON.parse"].find((name) => best.has(name)));
  const label = `${work}/${mode}`;
  console.log(`\n${label}, ${records} records (ns a record)`);
  console.log(row(["candidate", "min", "median", "cpu", "× min", "× median"]));
  for (const [name, { min_ns, median_ns, cpu_ns }] of best) {
    const times = (key, value) => (reference === undefined ? "" : (reference[key] / value).toFixed(2));
    const cells = [min_ns, median_ns, cpu_ns].map((ns) => ns.toFixed(0));
    console.log(row([name, ...cells, times("min_ns", min_ns), times("median_ns", median_ns)]));
    results.push({ work: label, candidate: name, records, min_ns, median_ns, cpu_ns });
  }
}

const least = (a, b) => ({
  min_ns: Math.min(a.min_ns, b.min_ns),
  median_ns: Math.min(a.median_ns, b.median_ns),
  cpu_ns: Math.min(a.cpu_ns, b.cpu_ns),
});

const row = ([first, ...rest]) => first.padEnd(24) + rest.map((cell) => cell.padStart(11)).join("");

function solo(work, name, records, mode) {
  const file = fileURLToPath(new URL("solo.mjs", import.meta.url));
  const args = [file, work, name, String(records), mode, options.ms];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`${name}: ${stderr}`);
  }
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

for (const work of names) {
  const wanted = candidatesFor(work).filter(
    (c) => options.only === undefined || list(options.only).includes(c),
  );
  await agree(work, wanted);
  // Odd sizes and retention are for the four headline workloads.
  const headline = ["avro", "small", "proto", "json"].includes(work);
  for (const records of list(options.records).map(Number)) {
    for (const mode of list(options.mode)) {
      if (headline || (records === 1000 && mode === "stream")) {
        measure(work, wanted, records, mode);
      }
    }
  }
}
const folder = fileURLToPath(new URL("../../target/bench/", import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}js.json`, `${JSON.stringify({ results }, null, 1)}\n`);
