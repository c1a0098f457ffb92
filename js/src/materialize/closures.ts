/** Values from the tape without code generation: a tree of closures, one per node of the shape. */

import type { Materializer, Tape } from "../tape.js";
import { Cursor, define, put } from "./cursor.js";
import { type Setter, setter } from "./setters.js";
import {
  type EnumNode,
  type FieldShape,
  type Int64Mode,
  type LikelyRecordNode,
  type Node,
  nodeAt,
  type RecordNode,
  type Shape,
  WORD,
} from "./shape.js";

type Read = (cursor: Cursor) => unknown;

/** A materializer that works where `new Function` is forbidden. `skip` words come before its values. */
export function closures(shape: Shape, skip = 0): Materializer {
  const reads: (Read | undefined)[] = [];
  // Found by place at run time where a node is still being made: types may contain themselves.
  const resolve = (index: number): Read => reads[index] ?? ((cursor) => reads[index]!(cursor));
  const visit = (index: number, pending: Set<number>): Read => {
    if (reads[index] === undefined && !pending.has(index)) {
      pending.add(index);
      const node = nodeAt(shape, index);
      reads[index] = reader(node, (part) => visit(part, pending));
      pending.delete(index);
    }
    return resolve(index);
  };
  const root = visit(shape.root, new Set());
  return (tape: Tape, row: number) => {
    const cursor = new Cursor(tape, row);
    cursor.c += skip;
    return root(cursor);
  };
}

function reader(node: Node, part: (index: number) => Read): Read {
  switch (node.kind) {
    case "null":
      return () => null;
    case "boolean":
      return (cursor) => cursor.int() === 1;
    case "int":
      return (cursor) => cursor.int();
    case "uint":
      return (cursor) => cursor.int() >>> 0;
    case "long":
      return (cursor) => cursor.long(node.int64);
    case "ulong":
      return (cursor) => cursor.ulong(node.int64);
    case "double":
      return (cursor) => cursor.double();
    case "text":
      return (cursor) => cursor.text();
    case "instant":
      return (cursor) => new Date(cursor.double());
    case "bytes":
      return (cursor) => cursor.bytes();
    case "any":
      return (cursor) => cursor.any(node.int64);
    case "learned":
      return learned;
    case "likelyText":
      return (cursor) => cursor.likelyText(node.int64);
    case "likelyNumber":
      return (cursor) => cursor.likelyNumber(node.int64);
    case "likelyBoolean":
      return (cursor) => cursor.likelyBoolean(node.int64);
    case "likelyArray":
      return likelyArrayReader(part(node.item), node.int64);
    case "likelyRecord":
      return likelyRecordReader(node, part);
    case "enum":
      return enumReader(node);
    case "union":
      return unionReader(node.branches.map(part));
    case "array":
      return arrayReader(part(node.item));
    case "map":
      return mapReader(part(node.value));
    case "record":
      return recordReader(node, part);
  }
}

function enumReader({ symbols }: EnumNode): Read {
  return (cursor) => {
    const index = cursor.int();
    return index >= 0 ? symbols[index] : cursor.int();
  };
}

function unionReader(branches: readonly Read[]): Read {
  return (cursor) => branches[cursor.int()]!(cursor);
}

function learned(): never {
  throw new TypeError("a learned template's values are read by its own shape");
}

function items(n: number, item: Read, cursor: Cursor): unknown[] {
  const list = new Array(n);
  for (let i = 0; i < n; i++) {
    list[i] = item(cursor);
  }
  return list;
}

function arrayReader(item: Read): Read {
  return (cursor) => items(cursor.int(), item, cursor);
}

function likelyArrayReader(item: Read, mode: Int64Mode): Read {
  return (cursor) => {
    const n = cursor.int();
    return n < 0 ? cursor.any(mode) : items(n, item, cursor);
  };
}

function mapReader(value: Read): Read {
  return (cursor) => {
    const n = cursor.int();
    const object: Record<string, unknown> = {};
    for (let i = 0; i < n; i++) {
      const name = cursor.key();
      put(object, name, value(cursor));
    }
    return object;
  };
}

/** A class, since engines give each object that is spread with other functions a shape of its own. */
class FieldReader {
  readonly name: string;
  readonly index: number;
  readonly optional: boolean;
  readonly read: Read;
  readonly set: Setter;

  constructor({ name, index, optional }: FieldShape, read: Read, set: Setter) {
    this.name = name;
    this.index = index;
    this.optional = optional;
    this.read = read;
    this.set = set;
  }
}

function fieldReaders(fields: readonly FieldShape[], part: (index: number) => Read): FieldReader[] {
  return fields.map((field) => new FieldReader(field, part(field.node), setter(fields.length)));
}

function recordReader(node: RecordNode, part: (index: number) => Read): Read {
  const wire = fieldReaders(node.fields, part);
  const output = [...wire].sort((a, b) => a.index - b.index);
  if (wire.every((field) => !field.optional)) {
    return whole(wire, output);
  }
  const ordered = wire.every((field, i) => field === output[i]);
  return ordered ? (cursor) => inOrder(wire, cursor) : (cursor) => reordered(wire, output, cursor);
}

/** Properties that objects of JSON.parse may have without being of the engine's slow form. */
const PARSED = 127;

/** An object with these properties, of the engine's fast form. */
function template(fields: readonly FieldReader[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  if (fields.length > PARSED) {
    for (const { name } of fields) {
      put(object, name, null);
    }
    return object;
  }
  // The properties of these stand in the object itself.
  const properties = fields.map(({ name }) => `${JSON.stringify(name)}:null`);
  return JSON.parse(`{${properties.join()}}`) as Record<string, unknown>;
}

/** Objects with all of their properties: copies of one. */
function whole(wire: readonly FieldReader[], output: readonly FieldReader[]): Read {
  const all = template(output);
  return (cursor) => {
    const object = { ...all };
    for (const { set, name, read } of wire) {
      set(object, name, read(cursor));
    }
    return object;
  };
}

function inOrder(wire: readonly FieldReader[], cursor: Cursor): unknown {
  const object: Record<string, unknown> = {};
  for (const field of wire) {
    if (!field.optional || cursor.int() === 1) {
      const value = field.read(cursor);
      if (field.name === "__proto__") {
        define(object, field.name, value);
      } else {
        // Not by a function that other names come to.
        object[field.name] = value;
      }
    }
  }
  return object;
}

function likelyRecordReader(node: LikelyRecordNode, part: (index: number) => Read): Read {
  const fields = fieldReaders(node.fields, part);
  const words = Math.max(Math.ceil(fields.length / WORD), 1);
  const all = whole(fields, fields);
  return (cursor) => {
    const first = cursor.int();
    if (first < 0) {
      return cursor.any(node.int64);
    }
    const missing = [first];
    while (missing.length < words) {
      missing.push(cursor.int());
    }
    return missing.every((word) => word === 0) ? all(cursor) : some(fields, missing, cursor);
  };
}

/** An object without the fields that are missing. */
function some(fields: readonly FieldReader[], missing: readonly number[], cursor: Cursor): unknown {
  const object: Record<string, unknown> = {};
  for (let i = 0; i < fields.length; i++) {
    if (((missing[Math.trunc(i / WORD)]! >> (i % WORD)) & 1) === 0) {
      put(object, fields[i]!.name, fields[i]!.read(cursor));
    }
  }
  return object;
}

/** The values are read as they come and put in their places afterwards. */
function reordered(wire: readonly FieldReader[], output: readonly FieldReader[], cursor: Cursor): unknown {
  const values = new Map<FieldReader, unknown>();
  for (const field of wire) {
    if (!field.optional || cursor.int() === 1) {
      values.set(field, field.read(cursor));
    }
  }
  const object = {};
  for (const field of output) {
    if (values.has(field)) {
      define(object, field.name, values.get(field));
    }
  }
  return object;
}
