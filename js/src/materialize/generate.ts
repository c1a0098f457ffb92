/**
 * Values from the tape by generated code: one function per plan, objects of constant shape.
 *
 * Names come from schemas, which may be hostile: each is emitted through `JSON.stringify` and nothing else, and
 * `__proto__` as a computed name, which makes an own property.
 */

import { type Materializer, ROW } from "../tape.js";
import { bigInteger, Cursor, define, exactInteger } from "./cursor.js";
import {
  type EnumNode,
  type FieldShape,
  type Int64Mode,
  type LikelyRecordNode,
  NO_TEXT,
  nodeAt,
  parts,
  type RecordNode,
  type Shape,
  sharedNodes,
  WORD,
} from "./shape.js";

/** Deeper values become functions of their own, so that generated code nests no further. */
const INLINE_DEPTH = 12;

/** Optional fields up to which a record has a literal for every choice of them. */
const VARIANTS = 3;

/** Entries of a map that have a place of their own in the code: see setters.ts. */
const ENTRY_PLACES = 8;

/** A materializer of generated code. Throws where `new Function` is forbidden. `skip` words come before its values. */
export function generate(shape: Shape, skip = 0): Materializer {
  return new Generator(shape).compile(skip);
}

class Generator {
  readonly #shape: Shape;
  readonly #shared: ReadonlySet<number>;
  readonly #symbols: (readonly string[])[] = [];
  readonly #functions = new Map<number, string>();
  readonly #pending: number[] = [];
  #lines: string[] = [];
  #names = 0;

  constructor(shape: Shape) {
    this.#shape = shape;
    this.#shared = sharedNodes(shape);
  }

  compile(skip: number): Materializer {
    const { root } = this.#shape;
    // Nothing comes back to most roots: their cursors need be told to no other function.
    const read = this.#shared.has(root) ? this.#called(root, skip) : this.#read(root, skip);
    for (let next = this.#pending.pop(); next !== undefined; next = this.#pending.pop()) {
      this.#functions.set(next, this.#function(next));
    }
    const source = ['"use strict";', SHARED, OTHER, ...this.#functions.values(), read];
    const helpers = { Cursor, define, exactInteger, bigInteger };
    return new Function("symbols", "helpers", source.join("\n"))(this.#symbols, helpers) as Materializer;
  }

  /** The materializer of a root that is a function among the others. */
  #called(root: number, skip: number): string {
    this.#demand(root);
    const starts = CURSORS.map((cursor) => `${cursor.toUpperCase()} = ${start(cursor, skip)};`);
    return [head(), ...starts, `return f${root}(T);`, "};"].join("\n");
  }

  /** The materializer of a root that is read right there: by the cursors and parts of the tape that it needs, and no other. */
  #read(root: number, skip: number): string {
    this.#lines = [];
    const value = this.#inline(root, 0);
    const body = [...this.#lines, `return ${value};`, "};"].join("\n");
    const needs = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body);
    const cursors = CURSORS.filter(needs).map((cursor) => `let ${cursor} = ${start(cursor, skip)};`);
    const views = Object.entries(VIEWS).filter(([name]) => needs(name));
    return [
      head(),
      ...views.map(([name, part]) => `const ${name} = T.${part};`),
      ...cursors,
      "let L = 0;",
      body,
    ].join("\n");
  }

  /** The function that reads a node: cursors are locals inside it and shared variables between functions. */
  #function(index: number): string {
    this.#lines = [];
    const value = this.#inline(index, 0);
    return [
      `function f${index}(T) {`,
      "const t = T.ints;",
      ...Object.entries(VIEWS).map(([name, part]) => `const ${name} = T.${part};`),
      `let ${each((own, shared) => `${own} = ${shared}`, ", ")}, L = 0;`,
      ...this.#lines,
      SAVE,
      `return ${value};`,
      "}",
    ].join("\n");
  }

  #demand(index: number): void {
    if (!this.#functions.has(index)) {
      this.#functions.set(index, "");
      this.#pending.push(index);
    }
  }

  /** Emits what reads a node; gives the expression of its value. */
  #value(index: number, depth: number): string {
    const leaf = parts(nodeAt(this.#shape, index)).length === 0;
    if (leaf || (!this.#shared.has(index) && depth < INLINE_DEPTH)) {
      return this.#inline(index, depth);
    }
    this.#demand(index);
    return this.#local(`(C = c, J = j, B = b, P = p, Q = q, K = k, f${index}(T))`, LOAD);
  }

  #inline(index: number, depth: number): string {
    const node = nodeAt(this.#shape, index);
    switch (node.kind) {
      case "null":
        return "null";
      case "boolean":
        return this.#local("t[c++] === 1");
      case "int":
        return this.#local("t[c++]");
      case "uint":
        return this.#local("t[c++] >>> 0");
      case "long":
        return this.#long("g[b++]", node.int64);
      case "ulong":
        return this.#long("BigInt.asUintN(64, g[b++])", node.int64);
      case "double":
        return this.#local("f[j++]");
      case "text":
        return this.#local(TEXT);
      case "instant":
        return this.#local("new Date(f[j++])");
      case "bytes":
        return this.#local("d.slice(k, k += t[c++])");
      case "any":
        return this.#any(node.int64);
      case "learned":
        throw new TypeError("a learned template's values are read by its own shape");
      case "likelyText":
        return this.#likely(LIKELY_TEXT, `L === ${NO_TEXT}`, node.int64);
      case "likelyNumber":
        return this.#likely("f[j++]", "", node.int64);
      case "likelyBoolean":
        return this.#likely("(L = t[c++]) === 1", "L > 1", node.int64);
      case "likelyArray": {
        const count = this.#local("t[c++]");
        return this.#unless(`${count} < 0`, node.int64, () => this.#items(count, node.item, depth));
      }
      case "likelyRecord":
        return this.#sparse(node, depth);
      case "enum":
        return this.#enum(node);
      case "union":
        return this.#union(node.branches, depth);
      case "array":
        return this.#array(node.item, depth);
      case "map":
        return this.#map(node.value, depth);
      case "record":
        return this.#record(node, depth);
    }
  }

  #name(): string {
    return `v${this.#names++}`;
  }

  #local(expression: string, after = ""): string {
    const name = this.#name();
    this.#lines.push(`const ${name} = ${expression};${after}`);
    return name;
  }

  #long(big: string, mode: string): string {
    const name = JSON.stringify(mode);
    const double = this.#local("f[j++]");
    const exact = { bigint: `BigInt(${double})`, string: `String(${double})` }[mode] ?? double;
    return this.#local(`${double} === ${double} ? ${exact} : helpers.bigInteger(${big}, ${name})`);
  }

  /** A value without a declared type. */
  #any(mode: Int64Mode): string {
    return this.#local(other(mode), LOAD);
  }

  /** A leaf that is mostly what `expression` reads. What is none costs a comparison: NaN, where no condition tells it. */
  #likely(expression: string, condition: string, mode: Int64Mode): string {
    const name = this.#name();
    const unlike = condition === "" ? `${name} !== ${name}` : condition;
    this.#lines.push(`let ${name} = ${expression}; if (${unlike}) { ${name} = ${other(mode)};${LOAD} }`);
    return name;
  }

  /** What `emit` reads, unless the condition says that it is any value. */
  #unless(condition: string, mode: Int64Mode, emit: () => string): string {
    const name = this.#name();
    this.#lines.push(`let ${name}; if (${condition}) { ${name} = ${other(mode)};${LOAD} } else {`);
    this.#lines.push(`${name} = ${emit()}; }`);
    return name;
  }

  #enum({ symbols, open }: EnumNode): string {
    const list = `symbols[${this.#symbols.push(symbols) - 1}]`;
    return this.#local(open ? `(L = t[c++]) >= 0 ? ${list}[L] : t[c++]` : `${list}[t[c++]]`);
  }

  #union(branches: readonly number[], depth: number): string {
    const name = this.#name();
    this.#lines.push(`let ${name} = null; switch (t[c++]) {`);
    branches.forEach((branch, i) => {
      this.#lines.push(`case ${i}: {`);
      const value = this.#value(branch, depth + 1);
      this.#lines.push(`${name} = ${value}; break; }`);
    });
    this.#lines.push("}");
    return name;
  }

  #array(item: number, depth: number): string {
    return this.#items(this.#local("t[c++]"), item, depth);
  }

  #items(count: string, item: number, depth: number): string {
    const items = this.#local(`new Array(${count})`);
    const i = this.#name();
    this.#lines.push(`for (let ${i} = 0; ${i} < ${count}; ${i}++) {`);
    const value = this.#value(item, depth + 1);
    this.#lines.push(`${items}[${i}] = ${value}; }`);
    return items;
  }

  #map(of: number, depth: number): string {
    const count = this.#local("t[c++]");
    const object = this.#local("{}");
    const i = this.#name();
    this.#lines.push(`for (let ${i} = 0; ${i} < ${count}; ${i}++) {`);
    const name = this.#local(`(L = t[c++]) >= 0 ? T.keys[L] : ${TEXT}`);
    const value = this.#value(of, depth + 1);
    this.#lines.push(`if (${name} === "__proto__") helpers.define(${object}, ${name}, ${value});`);
    this.#lines.push(`else switch (${i}) {`);
    for (let place = 0; place < ENTRY_PLACES; place++) {
      this.#lines.push(`case ${place}: ${object}[${name}] = ${value}; break;`);
    }
    this.#lines.push(`default: ${object}[${name}] = ${value}; } }`);
    return object;
  }

  /** Reads the fields in wire order, then builds the object in output order. */
  #record(node: RecordNode, depth: number): string {
    const fields = node.fields.map((field) => this.#field(field, depth));
    fields.sort((a, b) => a.shape.index - b.shape.index);
    const optional = fields.filter((field) => field.present !== undefined);
    if (optional.length <= VARIANTS) {
      return this.#local(variants(fields, optional));
    }
    const first = fields.indexOf(optional[0]!);
    const object = this.#local(literal(fields.slice(0, first)));
    for (const { shape, value, present } of fields.slice(first)) {
      const condition = present === undefined ? "" : `if (${present}) `;
      this.#lines.push(condition + assignment(object, shape.name, value));
    }
    return object;
  }

  /** A learned template's object: by one literal where no name is missing, else name by name. */
  #sparse({ fields, int64 }: LikelyRecordNode, depth: number): string {
    const words = [this.#local("t[c++]")];
    return this.#unless(`${words[0]} < 0`, int64, () => {
      while (words.length * WORD < fields.length) {
        words.push(this.#local("t[c++]"));
      }
      const name = this.#name();
      this.#lines.push(`let ${name}; if ((${words.join(" | ")}) === 0) {`);
      const whole = fields.map((shape) => {
        return { shape, value: this.#value(shape.node, depth + 1), present: undefined };
      });
      this.#lines.push(`${name} = ${literal(whole)}; } else { ${name} = {};`);
      fields.forEach((shape, i) => {
        this.#lines.push(`if ((${words[Math.trunc(i / WORD)]} & ${2 ** (i % WORD)}) === 0) {`);
        // What has parts is a function here, so that code is not written twice for every level.
        const value = this.#value(shape.node, INLINE_DEPTH);
        this.#lines.push(`${assignment(name, shape.name, value)} }`);
      });
      this.#lines.push("}");
      return name;
    });
  }

  #field(shape: FieldShape, depth: number): EmittedField {
    if (!shape.optional) {
      return { shape, value: this.#value(shape.node, depth + 1), present: undefined };
    }
    const present = this.#local("t[c++] === 1");
    const name = this.#name();
    this.#lines.push(`let ${name}; if (${present}) {`);
    const value = this.#value(shape.node, depth + 1);
    this.#lines.push(`${name} = ${value}; }`);
    return { shape, value: name, present };
  }
}

interface EmittedField {
  readonly shape: FieldShape;
  /** The expression of its value. */
  readonly value: string;
  /** The expression that says whether it is there, for an optional field. */
  readonly present: string | undefined;
}

const TEXT = "(L = t[c++]) >= 0 ? s.substring(p, p += L) : w.substring(q, q -= L + 1)";
/** The same, but for a mark in the place of the length. */
const LIKELY_TEXT = `(L = t[c++]) >= 0 ? s.substring(p, p += L) : L > ${NO_TEXT} ? w.substring(q, q -= L + 1) : null`;
/** Reads a value that describes itself, by a cursor that takes the places over and gives them back. */
const OTHER = [
  "function other(T, mode) {",
  "const x = new helpers.Cursor(T);",
  "x.c = C; x.j = J; x.b = B; x.p = P; x.q = Q; x.k = K;",
  "const v = x.any(mode);",
  "C = x.c; J = x.j; B = x.b; P = x.p; Q = x.q; K = x.k;",
  "return v; }",
].join("\n");
/** Where the next value stands in each part of the tape: locals of a function, and in capitals what functions share. */
const CURSORS = ["c", "j", "b", "p", "q", "k"] as const;
const SHARED = `let ${each((_, shared) => `${shared} = 0`, ", ")};`;
/** Parts of the tape by the names of the locals that they are read through; its words are `t` everywhere. */
const VIEWS = { f: "floats", g: "bigs", s: "latin", w: "wide", d: "binary" };
const SAVE = each((own, shared) => `${shared} = ${own};`);
const LOAD = each((own, shared) => ` ${own} = ${shared};`);

/** What `write` gives for each cursor, by its name as a local and as what functions share. */
function each(write: (own: string, shared: string) => string, between = ""): string {
  return CURSORS.map((cursor) => write(cursor, cursor.toUpperCase())).join(between);
}

/** How every materializer begins. */
function head(): string {
  return `return function read(T, row) { const t = T.ints; const at = T.rows + row * ${ROW};`;
}

/** Where a row's values begin in a part of the tape: its table counts from where the part begins, as the two texts do. */
function start(cursor: (typeof CURSORS)[number], skip: number): string {
  const word = `t[at + ${CURSORS.indexOf(cursor) + 2}]`;
  const base = cursor === "p" || cursor === "q" ? "" : `T.${cursor} + `;
  return cursor === "c" && skip > 0 ? `${base}${word} + ${skip}` : base + word;
}

function other(mode: Int64Mode): string {
  return `(C = c, J = j, B = b, P = p, Q = q, K = k, other(T, ${JSON.stringify(mode)}))`;
}

/** A literal for every choice of the optional fields: objects that are made whole cost half of those that grow. */
function variants(fields: readonly EmittedField[], optional: readonly EmittedField[]): string {
  const [first, ...rest] = optional;
  if (first === undefined) {
    return literal(fields);
  }
  const without = fields.filter((field) => field !== first);
  return `${first.present} ? ${variants(fields, rest)} : ${variants(without, rest)}`;
}

function literal(fields: readonly EmittedField[]): string {
  const properties = fields.map(({ shape, value }) => `${property(shape.name)}: ${value}`);
  return `{ ${properties.join(", ")} }`;
}

function property(name: string): string {
  const text = JSON.stringify(name);
  return name === "__proto__" ? `[${text}]` : text;
}

function assignment(object: string, name: string, value: string): string {
  const text = JSON.stringify(name);
  return name === "__proto__"
    ? `helpers.define(${object}, ${text}, ${value});`
    : `${object}[${text}] = ${value};`;
}
