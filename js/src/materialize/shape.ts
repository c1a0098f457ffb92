/** What a plan's values look like: `Shape` of src/format/shape.rs. */

/** How a 64-bit integer appears. */
export type Int64Mode = "bigint" | "number" | "auto" | "string";

/** A field of a record, in wire order. */
export interface FieldShape {
  /** The name that it appears under. */
  readonly name: string;
  /** The node of its value. */
  readonly node: number;
  /** Its place in the output. */
  readonly index: number;
  /** Whether a presence word comes first; an absent field is left out. */
  readonly optional: boolean;
}

/** A record's node. */
export interface RecordNode {
  readonly kind: "record";
  readonly fields: readonly FieldShape[];
}

/** An enum's node. */
export interface EnumNode {
  readonly kind: "enum";
  readonly symbols: readonly string[];
  /** Whether a number may come in a symbol's place. */
  readonly open: boolean;
}

/** An array as a learned template expects it. */
export interface LikelyArrayNode {
  readonly kind: "likelyArray";
  readonly item: number;
  readonly int64: Int64Mode;
}

/** A record as a learned template expects it: any of its fields may be missing. */
export interface LikelyRecordNode {
  readonly kind: "likelyRecord";
  readonly fields: readonly FieldShape[];
  readonly int64: Int64Mode;
}

/** Fields that a word of a {@link LikelyRecordNode} tells of: one bit for each that is missing. */
export const WORD = 30;

/** What stands in place of the length of a {@link Node} `likelyText` that is none. */
export const NO_TEXT = -(2 ** 31);

/** One kind of value; others are named by their place in {@link Shape.nodes}. */
export type Node =
  | { readonly kind: "null" | "boolean" | "int" | "uint" | "double" | "text" | "instant" | "bytes" }
  | { readonly kind: "long" | "ulong" | "any" | "learned"; readonly int64: Int64Mode }
  | { readonly kind: "likelyText" | "likelyNumber" | "likelyBoolean"; readonly int64: Int64Mode }
  | LikelyArrayNode
  | LikelyRecordNode
  | { readonly kind: "union"; readonly branches: readonly number[] }
  | { readonly kind: "array"; readonly item: number }
  | { readonly kind: "map"; readonly value: number }
  | EnumNode
  | RecordNode;

/** The nodes of a plan. */
export interface Shape {
  readonly nodes: readonly Node[];
  /** The node of the whole value. */
  readonly root: number;
}

/** The node at a place. */
export function nodeAt(shape: Shape, index: number): Node {
  const node = shape.nodes[index];
  if (node === undefined) {
    throw new TypeError("the shape names a node that it does not have");
  }
  return node;
}

/** The nodes that a node's value holds. */
export function parts(node: Node): readonly number[] {
  switch (node.kind) {
    case "union":
      return node.branches;
    case "array":
    case "likelyArray":
      return [node.item];
    case "map":
      return [node.value];
    case "record":
    case "likelyRecord":
      return node.fields.map((field) => field.node);
    default:
      return [];
  }
}

/** What stands before a value of no declared type: `Tag` of src/format/sink.rs. */
export const Tag = {
  Null: 0,
  Boolean: 1,
  Double: 2,
  Long: 3,
  Digits: 4,
  String: 5,
  Array: 6,
  Map: 7,
  Symbol: 8,
  Bytes: 9,
} as const;

/** Nodes with parts that are reached more than once: inlined, code would grow without bound. */
export function sharedNodes(shape: Shape): ReadonlySet<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  const pending = [shape.root];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    const inner = parts(nodeAt(shape, index));
    if (inner.length === 0) {
      continue;
    }
    if (seen.has(index)) {
      shared.add(index);
      continue;
    }
    seen.add(index);
    pending.push(...inner);
  }
  return shared;
}
