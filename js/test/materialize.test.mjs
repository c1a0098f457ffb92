// Both materializers on tapes made by hand and by chance.

import assert from "node:assert/strict";
import { test } from "node:test";
import { internals } from "./support/internals.mjs";
import { random, randomShape, writeRandom } from "./support/random.mjs";
import { Writer } from "./support/writer.mjs";

const { generated, closed, readers, canonical, latin1 } = await internals({
  canonical: "canonical.ts",
  generated: "materialize/generate.ts",
  closed: "materialize/closures.ts",
  readers: "reader.ts",
  latin1: "latin1.ts",
});
const makers = [
  ["generated", generated.generate],
  ["closures", closed.closures],
];

/** Each materializer gives `expected` for the first row, with names in the same order. */
function gives(shape, writer, expected) {
  const tape = writer.done();
  for (const [name, make] of makers) {
    const found = make(shape)(tape, 0);
    assert.deepStrictEqual(found, expected, name);
    assert.deepStrictEqual(Object.keys(found ?? {}), Object.keys(expected ?? {}), name);
  }
}

const field = (name, node, index, optional = false) => ({ name, node, index, optional });

test("fields are read in wire order and built in output order", () => {
  const shape = {
    root: 0,
    nodes: [
      { kind: "record", fields: [field("b", 1, 1), field("a", 2, 0), field("c", 1, 2)] },
      { kind: "int" },
      { kind: "text" },
    ],
  };
  gives(shape, new Writer().row().int(7).text("x").int(9), { a: "x", b: 7, c: 9 });
});

test("absent fields are left out", () => {
  const shape = {
    root: 0,
    nodes: [
      { kind: "record", fields: [field("a", 1, 0), field("b", 1, 1, true), field("c", 1, 2)] },
      { kind: "int" },
    ],
  };
  gives(shape, new Writer().row().int(1, 0, 3), { a: 1, c: 3 });
  gives(shape, new Writer().row().int(1, 1, 2, 3), { a: 1, b: 2, c: 3 });
});

test("hostile names are own properties and reach no prototype", () => {
  const names = ["__proto__", "constructor", "hasOwnProperty", 'x"];throw 1;//', "\u2028", "`"];
  const fields = names.map((name, i) => field(name, 1, i, i % 2 === 1));
  const record = { kind: "record", fields };
  const writer = new Writer().row();
  for (const { optional } of fields) {
    writer.int(...(optional ? [1] : []), 5);
  }
  const tape = writer.done();
  for (const [name, make] of makers) {
    const found = make({ root: 0, nodes: [record, { kind: "int" }] })(tape, 0);
    assert.deepStrictEqual(Object.getOwnPropertyNames(found), names, name);
    assert.equal(Object.getPrototypeOf(found), Object.prototype, name);
    assert.equal({}.polluted, undefined);
  }
});

test("a map's entries are data: the last value of a name, at the first one's place", () => {
  const shape = { root: 0, nodes: [{ kind: "map", value: 1 }, { kind: "int" }] };
  const writer = new Writer().row().int(4);
  for (const [name, value] of [
    ["a", 1],
    ["__proto__", 2],
    ["a", 3],
    ["b", 4],
  ]) {
    writer.key(name).int(value);
  }
  gives(shape, writer, JSON.parse('{"a":3,"__proto__":2,"b":4}'));
});

test("64-bit integers are exact in every mode", () => {
  const value = 2n ** 63n - 1n;
  const expected = { bigint: value, auto: value, string: "9223372036854775807", number: 2 ** 63 };
  for (const [int64, big] of Object.entries(expected)) {
    const shape = {
      root: 0,
      nodes: [
        { kind: "array", item: 1 },
        { kind: "long", int64 },
      ],
    };
    const small = { bigint: 5n, auto: 5, string: "5", number: 5 }[int64];
    gives(shape, new Writer().row().int(3).long(value).long(5n).long(value), [big, small, big]);
  }
  const unsigned = { root: 0, nodes: [{ kind: "ulong", int64: "bigint" }] };
  gives(unsigned, new Writer().row().long(2n ** 64n - 1n), 2n ** 64n - 1n);
});

test("types may contain themselves", () => {
  const shape = {
    root: 0,
    nodes: [
      { kind: "record", fields: [field("v", 1, 0), field("next", 2, 1)] },
      { kind: "text" },
      { kind: "union", branches: [3, 0] },
      { kind: "null" },
    ],
  };
  const writer = new Writer().row().text("a").int(1).text("é日").int(1).text("c").int(0);
  gives(shape, writer, { v: "a", next: { v: "é日", next: { v: "c", next: null } } });
});

test("shared nodes don't multiply the code", () => {
  const nodes = Array.from({ length: 40 }, (_, i) => ({
    kind: "record",
    fields: [field("l", i + 1, 0, true), field("r", i + 1, 1, true)],
  }));
  nodes.push({ kind: "int" });
  const found = generated.generate({ root: 0, nodes })(new Writer().row().int(1, 0, 0, 0).done(), 0);
  assert.deepStrictEqual(found, { l: {} });
});

test("bytes are copies that pin nothing", () => {
  const tape = new Writer().row().bytes([1, 2, 3]).done();
  for (const [, make] of makers) {
    const found = make({ root: 0, nodes: [{ kind: "bytes" }] })(tape, 0);
    assert.notEqual(found.buffer, tape.binary.buffer);
    assert.equal(found.buffer.byteLength, 3);
  }
});

test("shapes and values by chance: both materializers give what was written", () => {
  for (let seed = 1; seed <= 500; seed++) {
    const chance = random(seed);
    const shape = randomShape(chance);
    const writer = new Writer();
    const expected = Array.from({ length: 4 }, () => {
      writer.row();
      return bounded(shape, writer, chance);
    });
    if (expected.includes(undefined)) {
      continue;
    }
    const tape = writer.done();
    for (const [name, make] of makers) {
      const read = make(shape);
      // Out of order: every row stands for itself.
      for (const row of [3, 0, 2, 1]) {
        const found = read(tape, row);
        assert.deepStrictEqual(found, expected[row], `${name}, seed ${seed}, row ${row}`);
        // The same order of names, too.
        assert.equal(canonical.stringify(found), canonical.stringify(expected[row]), `${name}, seed ${seed}`);
      }
    }
  }
});

/** A value, or undefined where the shape demands endless nesting. */
function bounded(shape, writer, chance) {
  try {
    return writeRandom(shape, shape.root, writer, chance, 6);
  } catch (error) {
    assert.ok(error instanceof RangeError, String(error));
    return undefined;
  }
}

test("texts are written as Latin-1, or refused", () => {
  for (const [text, by] of [
    ["abc=", [true, true]],
    ["", [true, true]],
    ["aé", [false, true]],
    ["aŁ", [false, false]],
    [`${"a".repeat(70_000)}日`, [false, false]],
  ]) {
    [latin1.portable, latin1.byBuffer].forEach(({ write }, i) => {
      const memory = new Uint8Array(text.length + 4);
      assert.equal(write(memory, 3, text), by[i], text.slice(-4));
      if (by[i]) {
        assert.equal(Buffer.from(memory).toString("latin1", 3), `${text}\0`);
      }
    });
  }
});

test("text heaps: all of Latin-1 and a leading byte order mark survive", () => {
  const all = Uint8Array.from({ length: 70_000 }, (_, i) => i % 256);
  for (const { read } of [latin1.portable, latin1.byBuffer]) {
    assert.equal(read(all, 3, 60_000, false), Buffer.from(all).toString("latin1", 3, 60_000));
    assert.equal(read(all, 65, 91, true), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    assert.equal(read(all, 9, 9, true), "");
  }
  assert.equal(readers.utf16(Uint16Array.of(0xfeff, 0x65e5)), "\ufeff日");
  assert.equal(readers.utf16(Uint16Array.of()), "");
});
