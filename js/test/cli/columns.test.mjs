// Cells in columns, in the width that a terminal has.

import assert from "node:assert/strict";
import { test } from "node:test";
import { internals } from "../support/internals.mjs";
import { run } from "./run.mjs";

const { columns } = await internals({ columns: "cli/columns.ts" });

const ROWS = [
  ["RECORD", "KEY", "VALUE"],
  ["shipments-17@10293", "–", "confluent+protobuf 14 B"],
];

test("where there is room, columns are as wide as their cells", () => {
  const wide = ["RECORD              KEY  VALUE", "shipments-17@10293  –    confluent+protobuf 14 B"];
  assert.deepEqual(columns.aligned(ROWS), wide);
  assert.deepEqual(columns.aligned(ROWS, 48), wide);
});

test("where there isn't, the widest are cut", () => {
  const narrow = ["RECORD           KEY  VALUE", "shipments-17@1…  –    confluent+proto…"];
  assert.deepEqual(columns.aligned(ROWS, 38), narrow);
  for (const width of [12, 20, 40]) {
    assert.ok(
      columns.aligned(ROWS, width).every((line) => columns.length(line) <= width),
      width,
    );
  }
  assert.deepEqual(columns.aligned(ROWS, 0), ["…  …  …", "…  –  …"]);
});

test("a table of records is as wide as its terminal", () => {
  const args = ["decode", "glue-avro/event.json", "--value", "bytes", "--format", "table"];
  for (const width of [24, 40, 59, 120]) {
    const { stdout } = run(args, { columns: width });
    assert.ok(
      stdout.split("\n").every((line) => columns.length(line) <= width),
      width,
    );
  }
});
