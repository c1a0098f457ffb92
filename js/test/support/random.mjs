// Shapes and values of every kind by chance, from a seed; writes them and says what must come back.

const NAMES = [
  "a",
  "b",
  "__proto__",
  "constructor",
  "toString",
  'quote"\\',
  "1",
  "0",
  "line\u2028",
  "naïve",
  "日本",
];
const LEAVES = [
  "null",
  "boolean",
  "int",
  "uint",
  "double",
  "text",
  "instant",
  "bytes",
  "long",
  "ulong",
  "any",
  "enum",
  "likelyText",
  "likelyNumber",
  "likelyBoolean",
];
const INNER = ["record", "array", "map", "union", "likelyArray", "likelyRecord"];
const MODES = ["bigint", "auto", "string"];
const LONGS = [
  0n,
  -1n,
  2n ** 53n - 1n,
  2n ** 53n,
  1n - 2n ** 53n,
  -(2n ** 53n),
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const TEXTS = ["", "abc", "é\u0080ÿ", "\ufeffmark", "日本語", "😀", "a\u0000b"];

/** Numbers from a seed (mulberry32). */
export function random(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, pick: (list) => list[below(list.length)], chance: (p) => next() < p };
}

/** A shape with shared and recursive nodes. */
export function randomShape(chance) {
  const nodes = [];
  const make = (depth) => {
    if (nodes.length > 0 && chance.chance(0.15)) {
      return chance.below(nodes.length);
    }
    const kind = depth > 4 || chance.chance(0.4) ? chance.pick(LEAVES) : chance.pick(INNER);
    const index = nodes.push({ kind }) - 1;
    const leaf = () => nodes.push({ kind: "likelyText", int64: "auto" }) - 1;
    nodes[index] = { kind, ...inside(kind, chance, () => make(depth + 1), leaf) };
    return index;
  };
  const root = make(0);
  return { nodes, root };
}

function inside(kind, chance, part, leaf) {
  switch (kind) {
    case "long":
    case "ulong":
    case "any":
    case "likelyText":
    case "likelyNumber":
    case "likelyBoolean":
      return { int64: chance.pick(MODES) };
    case "enum":
      return { symbols: ["A", "__proto__", "C"], open: chance.chance(0.5) };
    case "union":
      return { branches: Array.from({ length: 1 + chance.below(3) }, part) };
    case "array":
      return { item: part() };
    case "map":
      return { value: part() };
    case "likelyArray":
      return { item: part(), int64: chance.pick(MODES) };
    case "record":
      return { fields: fields(chance, part) };
    case "likelyRecord":
      return { fields: inOrder(chance, part, leaf), int64: chance.pick(MODES) };
    default:
      return {};
  }
}

function fields(chance, part) {
  const names = NAMES.filter(() => chance.chance(0.4));
  const places = names.map((_, i) => i).sort(() => chance.below(3) - 1);
  return names.map((name, i) => ({ name, node: part(), index: places[i], optional: chance.chance(0.3) }));
}

/** Fields of which any may be missing, now and then more than one word tells of. */
function inOrder(chance, part, leaf) {
  const more = chance.chance(0.2) ? Array.from({ length: 40 }, (_, i) => `field${i}`) : [];
  const names = NAMES.filter(() => chance.chance(0.4));
  const nodes = [...names.map(part), ...more.map(leaf)];
  return [...names, ...more].map((name, index) => ({ name, node: nodes[index], index, optional: true }));
}

/** Writes a value of a node and gives what must come back; `budget` bounds recursion. */
export function writeRandom(shape, index, writer, chance, budget) {
  const node = shape.nodes[index];
  const below = (part) => writeRandom(shape, part, writer, chance, budget - 1);
  switch (node.kind) {
    case "null":
      return null;
    case "boolean": {
      const v = chance.below(2);
      writer.int(v);
      return v === 1;
    }
    case "int": {
      const v = chance.pick([0, -1, 2 ** 31 - 1, -(2 ** 31)]);
      writer.int(v);
      return v;
    }
    case "uint": {
      const v = chance.pick([0, 1, 2 ** 32 - 1]);
      writer.int(v | 0);
      return v;
    }
    case "double": {
      const v = chance.pick([0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY]);
      writer.double(v);
      return v;
    }
    case "instant": {
      const v = chance.pick([0, 1700000000000, -1]);
      writer.double(v);
      return new Date(v);
    }
    case "text":
      return writeText(writer, chance);
    case "bytes": {
      const v = Uint8Array.from({ length: chance.below(5) }, () => chance.below(256));
      writer.bytes(v);
      return v;
    }
    case "long":
      return writeLong(writer, chance.pick(LONGS), node.int64);
    case "ulong":
      return writeLong(writer, BigInt.asUintN(64, chance.pick(LONGS)), node.int64);
    case "any":
      return writeAny(writer, chance, node.int64, budget);
    case "enum":
      return writeEnum(writer, chance, node);
    case "union": {
      const branch = chance.below(node.branches.length);
      writer.int(branch);
      return below(node.branches[branch]);
    }
    case "array": {
      const n = budget > 0 ? chance.below(4) : 0;
      writer.int(n);
      return Array.from({ length: n }, () => below(node.item));
    }
    case "map": {
      const n = budget > 0 ? chance.below(4) : 0;
      writer.int(n);
      return entries(writer, chance, n, () => below(node.value));
    }
    case "likelyText":
    case "likelyNumber":
    case "likelyBoolean":
    case "likelyArray":
    case "likelyRecord":
      return writeLikely(node, writer, chance, below, budget);
    case "record":
      return writeRecord(writer, chance, node, below, budget);
  }
}

function writeText(writer, chance) {
  const v = chance.pick(TEXTS);
  writer.text(v);
  return v;
}

function integer(v, mode) {
  const safe = v >= -(2n ** 53n - 1n) && v <= 2n ** 53n - 1n;
  return { bigint: v, string: String(v), auto: safe ? Number(v) : v }[mode];
}

function writeLong(writer, v, mode) {
  writer.long(v);
  return integer(v, mode);
}

function writeEnum(writer, chance, node) {
  if (node.open && chance.chance(0.3)) {
    writer.int(-1, 77);
    return 77;
  }
  const i = chance.below(3);
  writer.int(i);
  return node.symbols[i];
}

function entries(writer, chance, n, value) {
  const object = {};
  for (let i = 0; i < n; i++) {
    const name = chance.pick(NAMES);
    writer.key(name);
    own(object, name, value());
  }
  return object;
}

function own(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

function writeRecord(writer, chance, node, below, budget) {
  const values = node.fields.map((field) => {
    if (!field.optional) {
      return { field, value: below(field.node) };
    }
    const present = budget > 0 && chance.chance(0.6);
    writer.int(present ? 1 : 0);
    return present ? { field, value: below(field.node) } : undefined;
  });
  const object = {};
  const present = values.filter((entry) => entry !== undefined);
  for (const { field, value } of present.sort((a, b) => a.field.index - b.field.index)) {
    own(object, field.name, value);
  }
  return object;
}

/** A value of the kind that is expected, or any other behind a mark. */
function writeLikely(node, writer, chance, below, budget) {
  if (budget <= 0 || chance.chance(0.3)) {
    if (node.kind === "likelyNumber") {
      writer.double(Number.NaN);
    } else {
      writer.int({ likelyText: -(2 ** 31), likelyBoolean: 2 }[node.kind] ?? -1);
    }
    return writeAny(writer, chance, node.int64, budget - 1);
  }
  switch (node.kind) {
    case "likelyText":
      return writeText(writer, chance);
    case "likelyNumber": {
      const v = chance.pick([0, -0, 1.5, 2 ** 53 - 1]);
      writer.double(v);
      return v;
    }
    case "likelyBoolean": {
      const v = chance.below(2);
      writer.int(v);
      return v === 1;
    }
    case "likelyArray": {
      const n = chance.below(4);
      writer.int(n);
      return Array.from({ length: n }, () => below(node.item));
    }
    default:
      return writeSparse(node, writer, chance, below);
  }
}

function writeSparse({ fields }, writer, chance, below) {
  const whole = chance.chance(0.5);
  const there = fields.map(() => whole || chance.chance(0.7));
  const words = new Array(Math.max(Math.ceil(fields.length / 30), 1)).fill(0);
  there.forEach((is, i) => {
    words[Math.floor(i / 30)] |= is ? 0 : 1 << (i % 30);
  });
  writer.int(...words);
  const object = {};
  fields.forEach(({ name, node }, i) => {
    if (there[i]) {
      own(object, name, below(node));
    }
  });
  return object;
}

function writeAny(writer, chance, mode, budget) {
  const tag = budget > 0 ? chance.pick([0, 1, 2, 3, 4, 5, 6, 7, 9]) : 0;
  writer.int(tag);
  const below = () => writeAny(writer, chance, mode, budget - 1);
  switch (tag) {
    case 0:
      return null;
    case 1:
      writer.int(1);
      return true;
    case 2:
      writer.double(-0);
      return -0;
    case 3:
      return writeLong(writer, chance.pick(LONGS), mode);
    case 4:
      writer.text("123456789012345678901234567890");
      return mode === "string" ? "123456789012345678901234567890" : 123456789012345678901234567890n;
    case 5:
      return writeText(writer, chance);
    case 6: {
      const n = chance.below(3);
      writer.int(n);
      return Array.from({ length: n }, below);
    }
    case 7: {
      const n = chance.below(3);
      writer.int(n);
      return entries(writer, chance, n, below);
    }
    default:
      writer.bytes([1, 2, 3]);
      return Uint8Array.of(1, 2, 3);
  }
}
