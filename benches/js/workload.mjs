// What is decoded: events of orders and readings, made from a fixed seed, with fresh strings for every iteration.

import { readFileSync } from "node:fs";
import { create, createFileRegistry, toBinary } from "@bufbuild/protobuf";
import {
  FileDescriptorSetSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";
import avsc from "avsc";

/** An order: eleven fields, three line items, a map of three entries. */
export const orderSchema = {
  type: "record",
  name: "Order",
  namespace: "acme",
  fields: [
    { name: "orderId", type: "string" },
    { name: "customerId", type: "long" },
    { name: "quantity", type: "int" },
    { name: "total", type: "double" },
    { name: "paid", type: "boolean" },
    { name: "note", type: ["null", "string"] },
    {
      name: "status",
      type: {
        type: "enum",
        name: "Status",
        symbols: ["PENDING", "PAID", "SHIPPED", "DELIVERED", "CANCELLED"],
      },
    },
    {
      name: "items",
      type: {
        type: "array",
        items: {
          type: "record",
          name: "LineItem",
          fields: [
            { name: "sku", type: "string" },
            { name: "name", type: "string" },
            { name: "qty", type: "int" },
            { name: "price", type: "double" },
          ],
        },
      },
    },
    { name: "attributes", type: { type: "map", values: "string" } },
    { name: "createdAt", type: { type: "long", logicalType: "timestamp-millis" } },
    { name: "email", type: "string" },
  ],
};

/** A reading: three fields, 25 bytes. */
export const readingSchema = {
  type: "record",
  name: "Reading",
  fields: [
    { name: "id", type: "string" },
    { name: "ts", type: "long" },
    { name: "value", type: "double" },
  ],
};

let seed = 0;
const random = () => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return seed / 2 ** 32;
};
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const statuses = orderSchema.fields[6].type.symbols;
const products = [
  "Wireless Mouse",
  "USB-C Cable 2m",
  "Mechanical Keyboard",
  "Laptop Stand",
  "Webcam HD",
  "Desk Lamp",
];
const people = ["alice", "bob.smith", "carol", "dave.j", "erin", "frank.o", "grace.hopper"];
const foreign = "Bitte beim Nachbarn abgeben – grün 日本";
const long = "Leave at the front door, ring twice, and mind the dog. ".repeat(8);

/** Notes that every order of a kind has. */
const notes = { longstrings: long, escapes: 'The sign says "Ring twice",\n\tbehind C:\\Gate \u0007' };

const cents = (most) => Math.round(random() * most) / 100;

function order(i, kind) {
  const share = kind === "nonascii" ? 0.5 : 0;
  const big = kind === "bigints" ? 2n ** 60n : 0n;
  const note = notes[kind] ?? (random() < share ? foreign : "Leave at the front door");
  return {
    orderId: `ord-${(1e9 + below(1e9)).toString(36)}-${i}`,
    customerId: big > 0n ? big + BigInt(below(1e9)) : 1e10 + below(1e9),
    quantity: below(20),
    total: cents(1e5),
    paid: random() < 0.5,
    note: notes[kind] === undefined && random() < 0.5 ? null : note,
    status: pick(statuses),
    items: [0, 1, 2].map(() => ({
      sku: `SKU-${10000 + below(90000)}`,
      name: random() < share ? "Schreibtischlampe grün" : pick(products),
      qty: 1 + below(5),
      price: cents(1e4),
    })),
    attributes: {
      channel: pick(["web", "mobile", "store"]),
      campaign: `spring-${2020 + below(6)}`,
      region: pick(["eu-west-1", "us-east-1", "ap-south-1"]),
    },
    createdAt: 1700000000000 + below(1e10),
    email: `${pick(people)}${below(1000)}@example.com`,
  };
}

const reading = () => ({ id: `dev-${below(1e6)}`, ts: 1700000000000 + below(1e10), value: cents(1e5) });

const wideNames = Array.from({ length: 200 }, (_, i) => `field${i}`);
const wideTypes = ["long", "string", "double", "boolean"];
const wideSchema = {
  type: "record",
  name: "Wide",
  fields: wideNames.map((name, i) => ({ name, type: wideTypes[i % 4] })),
};
const wideValue = {
  long: () => below(1e9),
  string: () => `v${below(1e6)}`,
  double: () => cents(1e5),
  boolean: () => random() < 0.5,
};
const wide = () => Object.fromEntries(wideSchema.fields.map(({ name, type }) => [name, wideValue[type]()]));

function deepSchema(level) {
  const inner = level === 0 ? [] : [{ name: "inner", type: deepSchema(level - 1) }];
  const fields = [{ name: "id", type: "long" }, { name: "label", type: "string" }, ...inner];
  return { type: "record", name: `Level${level}`, fields };
}
const deep = (level) => ({
  id: below(1e6),
  label: `l${below(100)}`,
  ...(level === 0 ? {} : { inner: deep(level - 1) }),
});

/** JSON whose records don't share a shape: fields come and go, and one changes its type. */
function shifting(i) {
  const all = order(i, "");
  const kept = Object.entries(all).filter(() => random() < 0.7);
  return Object.fromEntries([...kept, ["extra", pick([1, "one", null, [1], { a: 1 }])]]);
}

const file = {
  name: "order.proto",
  package: "acme",
  syntax: "proto3",
  enumType: [{ name: "Status", value: statuses.map((name, number) => ({ name, number })) }],
  messageType: [
    {
      name: "LineItem",
      field: [
        field("sku", 1, "STRING"),
        field("name", 2, "STRING"),
        field("qty", 3, "INT32"),
        field("price", 4, "DOUBLE"),
      ],
    },
    {
      name: "Order",
      oneofDecl: [{ name: "_note" }],
      field: [
        field("order_id", 1, "STRING"),
        field("customer_id", 2, "INT64"),
        field("quantity", 3, "INT32"),
        field("total", 4, "DOUBLE"),
        field("paid", 5, "BOOL"),
        field("note", 6, "STRING", { proto3Optional: true, oneofIndex: 0 }),
        field("status", 7, "ENUM", { typeName: ".acme.Status" }),
        field("items", 8, "MESSAGE", { typeName: ".acme.LineItem", label: Label.REPEATED }),
        field("attributes", 9, "MESSAGE", { typeName: ".acme.Order.AttributesEntry", label: Label.REPEATED }),
        field("created_at", 10, "INT64"),
        field("email", 11, "STRING"),
      ],
      nestedType: [
        {
          name: "AttributesEntry",
          field: [field("key", 1, "STRING"), field("value", 2, "STRING")],
          options: { mapEntry: true },
        },
      ],
    },
  ],
};

function field(name, number, type, more = {}) {
  return { name, number, type: Type[type], label: Label.OPTIONAL, ...more };
}

const fileSet = create(FileDescriptorSetSchema, { file: [file] });
/** The descriptor set of order.proto. */
const descriptorSet = toBinary(FileDescriptorSetSchema, fileSet);
/** @bufbuild/protobuf's `Order`. */
export const bufOrder = createFileRegistry(fileSet).getMessage("acme.Order");
/** The text of order.proto. */
export const protoText = readFileSync(new URL("order.proto", import.meta.url), "utf8");

const longs = avsc.types.LongType.__with({
  fromBuffer: (buffer) => buffer.readBigInt64LE(),
  toBuffer: (n) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(n));
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (n) => typeof n === "bigint",
  compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
});

/** avsc's type of a workload's schema. */
export function avscType(work) {
  const options =
    work.kind === "bigints" ? { registry: { long: longs }, wrapUnions: false } : { wrapUnions: false };
  return avsc.Type.forSchema(work.schema, options);
}

/** avsc's type for bigints stands in for a plain `long` only. */
const bigSchema = {
  ...orderSchema,
  fields: orderSchema.fields.map((field) =>
    field.name === "createdAt" ? { ...field, type: "long" } : field,
  ),
};

const avro = (kind, schema, make) => ({ kind, format: "avro", schema, make });

/** Every workload by its name. */
export const works = {
  avro: avro("order", orderSchema, order),
  small: avro("small", readingSchema, reading),
  select: { ...avro("order", orderSchema, order), select: ["orderId", "items[].sku"] },
  avrotext: { ...avro("order", orderSchema, order), text: true },
  smalltext: { ...avro("small", readingSchema, reading), text: true },
  proto: { kind: "order", format: "protobuf", make: order },
  json: { kind: "order", format: "json", make: order },
  jsonescapes: { kind: "escapes", format: "json", make: order },
  jsonnonascii: { kind: "nonascii", format: "json", make: order },
  jsonspaced: { kind: "order", format: "json", make: order, space: 2 },
  jsonshift: { kind: "order", format: "json", make: shifting },
  wide: avro("wide", wideSchema, wide),
  deep: avro("deep", deepSchema(7), () => deep(7)),
  longstrings: avro("longstrings", orderSchema, order),
  nonascii: avro("nonascii", orderSchema, order),
  bigints: avro("bigints", bigSchema, order),
};

/** The configuration of our decoder for a workload: the types that the peers give, and the schema. */
export function config(work) {
  const int64 = work.kind === "bigints" ? "bigint" : "number";
  return { timestamps: "epoch", int64, value: side(work) };
}

function side({ format, schema }) {
  switch (format) {
    case "avro":
      return { format, writer: schema };
    case "protobuf":
      return {
        format,
        descriptorSet: Buffer.from(descriptorSet).toString("base64"),
        message: "acme.Order",
        framing: "none",
      };
    default:
      return { format };
  }
}

async function encoder(work) {
  if (work.format === "avro") {
    const type = avscType(work);
    const fix = work.kind === "bigints" ? (o) => ({ ...o, createdAt: BigInt(o.createdAt) }) : (o) => o;
    return (value) => type.toBuffer(fix(value));
  }
  if (work.format === "json") {
    return (value) => Buffer.from(JSON.stringify(value, null, work.space));
  }
  const { default: protobuf } = await import("protobufjs");
  const Order = protobuf.parse(protoText).root.lookupType("acme.Order");
  return (value) => Buffer.from(Order.encode(Order.fromObject(value)).finish());
}

/** What makes the input of a workload from an event's text: an event with fresh strings, as the runtime's own JSON.parse gives them. */
export const inputOf = (work) =>
  works[work].text === true ? (text) => Buffer.from(text).toString() : JSON.parse;

/** The text of an event with so many records of a workload. */
export async function eventText(name, records) {
  const work = works[name];
  const encode = await encoder(work);
  seed = 12345;
  const list = Array.from({ length: records }, (_, i) => {
    const value = work.make(i, work.kind);
    return {
      topic: "orders",
      partition: 0,
      offset: i,
      timestamp: 1700000000000 + i,
      timestampType: "CREATE_TIME",
      key: Buffer.from(String(value.orderId ?? value.id ?? i)).toString("base64"),
      value: encode(value).toString("base64"),
      headers: [{ traceId: [...Buffer.from("abcdef0123456789")] }],
      keySchemaMetadata: {},
      valueSchemaMetadata: { dataFormat: work.format.toUpperCase() },
    };
  });
  return JSON.stringify({
    eventSource: "aws:kafka",
    eventSourceArn: "arn:aws:kafka:us-east-1:123456789012:cluster/c/u",
    bootstrapServers: "b-1:9092,b-2:9092",
    records: { "orders-0": list },
  });
}

/** A checksum over every leaf, so that nothing can be left undone. */
export function leaves(value) {
  switch (typeof value) {
    case "string":
      return value.length + (value.length > 0 ? value.charCodeAt(value.length - 1) : 0);
    case "number":
      return value;
    case "bigint":
      return Number(value);
    case "boolean":
      return value ? 1 : 0;
    default:
      return value === null || value === undefined ? 0 : inner(value);
  }
}

function inner(value) {
  let sum = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      sum += leaves(value[i]);
    }
    return sum;
  }
  for (const name in value) {
    sum += leaves(value[name]);
  }
  return sum;
}

/** Reads every leaf of an order by name, as a program would: generic loops cost more than some decoders. */
export function readOrder(v) {
  let h = v.orderId.length + v.orderId.charCodeAt(0) + Number(v.customerId) + v.quantity + v.total;
  h += (v.paid ? 1 : 0) + (v.note ? v.note.length : 0) + String(v.status).length + Number(v.createdAt);
  h += v.email.length + v.email.charCodeAt(3);
  for (let i = 0; i < v.items.length; i++) {
    const x = v.items[i];
    h += x.sku.length + x.sku.charCodeAt(5) + x.name.length + x.name.charCodeAt(2) + x.qty + x.price;
  }
  const a = v.attributes;
  return h + a.channel.length + a.campaign.length + a.region.length;
}

/** Reads a reading. */
export const readReading = (v) => v.id.length + v.id.charCodeAt(4) + Number(v.ts) + v.value;

/** Reads what the workload `select` selects. */
function readSelected({ orderId, items }) {
  let h = orderId.length + orderId.charCodeAt(0);
  for (let i = 0; i < items.length; i++) {
    h += items[i].sku.length + items[i].sku.charCodeAt(5);
  }
  return h;
}

/** What the workload `select` selects. */
export const selected = ({ orderId, items }) => ({ orderId, items: items.map(({ sku }) => ({ sku })) });

/** What reads the values of a workload. */
export function reader(name) {
  const { make, select } = works[name];
  if (select !== undefined) {
    return readSelected;
  }
  return make === order ? readOrder : make === reading ? readReading : leaves;
}
