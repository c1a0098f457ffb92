// Handlers run on both packages: the one that is replaced, at its pinned version, and this one in its place.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import avro from "avro-js";
import { build } from "esbuild";
import protobuf from "protobufjs";
import { folder } from "../support/package.mjs";

const own = (file) => import(pathToFileURL(join(folder, file)).href);

/** Where a bundler finds each package. */
export const ENTRY = {
  incumbent: "@aws-lambda-powertools/kafka",
  kafkalens: join(folder, "powertools.mjs"),
};

/** What a package exports: its main entry with that of its errors. */
export const PACKAGES = {
  incumbent: async () => ({
    ...(await import("@aws-lambda-powertools/kafka")),
    ...(await import("@aws-lambda-powertools/kafka/errors")),
  }),
  kafkalens: async () => ({ ...(await own("powertools.mjs")), ...(await own("powertools-errors.mjs")) }),
};

export const base64 = (bytes) => Buffer.from(bytes).toString("base64");
export const hex = (text) => base64(Buffer.from(text.replaceAll(" ", ""), "hex"));

/** An event with these records, each of which has what an event has unless it says otherwise. */
export function event(...records) {
  const whole = records.map((record, offset) => ({
    topic: "orders",
    partition: 0,
    offset,
    timestamp: 1_700_000_000_000,
    timestampType: "CREATE_TIME",
    headers: [{ trace: [97, 98] }],
    ...record,
  }));
  return {
    eventSource: "aws:kafka",
    eventSourceArn: "arn:aws:kafka:eu-west-1:123456789012:cluster/shop/1",
    bootstrapServers: "b-1:9092,b-2:9092",
    records: { "orders-0": whole },
  };
}

export const ORDER_SCHEMA = JSON.stringify({
  type: "record",
  name: "Order",
  namespace: "shop",
  fields: [
    { name: "id", type: "long" },
    { name: "name", type: "string" },
    { name: "note", type: ["null", "string", { type: "map", values: "int" }] },
    { name: "status", type: { type: "enum", name: "Status", symbols: ["NEW", "SHIPPED"] } },
    { name: "digest", type: { type: "fixed", name: "Digest", size: 2 } },
    { name: "blob", type: "bytes" },
    { name: "price", type: { type: "bytes", logicalType: "decimal", precision: 9, scale: 2 } },
    { name: "at", type: { type: "long", logicalType: "timestamp-millis" } },
    { name: "day", type: { type: "int", logicalType: "date" } },
    { name: "ratio", type: "float" },
    { name: "paid", type: "boolean" },
    { name: "tags", type: { type: "array", items: "string" } },
    { name: "parent", type: ["null", "Order"] },
  ],
});

export const ORDER = {
  id: 1001,
  name: "Läptop",
  note: { string: "gift" },
  status: "SHIPPED",
  digest: Buffer.from([1, 2]),
  blob: Buffer.from([0, 255]),
  price: Buffer.from([0x30, 0x39]),
  at: 1_709_214_330_123,
  day: 19_782,
  ratio: 0.1,
  paid: true,
  tags: ["a", "b"],
  parent: null,
};

/** A datum in base64, written by avro-js. */
export const datum = (schema, value) => base64(avro.parse(schema).toBuffer(value));

const { root } = protobuf.parse(
  `syntax = "proto3"; package shop;
   enum Status { NEW = 0; SHIPPED = 1; }
   message Product { int32 id = 1; string name = 2; double price = 3; repeated string tags = 4; Status status = 5;
     int64 stock = 6; bytes blob = 7; map<string, int32> sizes = 8; oneof source { string shop_name = 9; } }
   message Wrapper { message Inner { Product product = 1; } Product product = 1; }`,
);
export const Product = root.lookupType("shop.Product");
export const Wrapper = root.lookupType("shop.Wrapper");

/** The product of wire-formats.md in the project's notes: id 1001, "Laptop", 999.99. */
export const LAPTOP = "08e907 12064c6170746f70 1952b81e85eb3f8f40";

/** A product with something in every field. */
export const FULL_PRODUCT = base64(
  Product.encode({
    id: 7,
    name: "Näme",
    price: 1.5,
    tags: ["x", "y"],
    status: 1,
    stock: 9_007_199_254_740_000,
    blob: Buffer.from([1, 2]),
    sizes: { l: 1 },
    shopName: "s",
  }).finish(),
);

/** A value, or the error instead. The classes that avro-js generates for records are none of the value. */
export function outcome(read) {
  try {
    return shown(read());
  } catch (error) {
    return told(error);
  }
}

/** An error's class and message. */
export const told = (error) => `throws ${error.name}: ${error.message}`;

/** A value as text: types and order of its properties included. */
export const shown = (value) => inspect(plain(value), { depth: null, breakLength: Infinity, compact: 1000 });

function plain(value) {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) {
    return value;
  }
  const ofProtobufjs = protobuf.util.Long.isLong(value) || value.$type !== undefined;
  return ofProtobufjs || Object.getPrototypeOf(value) === null
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, held]) => [name, plain(held)]));
}

/** Calls a handler of a package with an event and gives what `see` makes of its records, or how the call is rejected. */
export async function run(kafka, given, config, see, context = {}) {
  try {
    let seen;
    const handler = kafka.kafkaConsumer(async (received) => {
      seen = see(received.records, received);
    }, config);
    await handler(given, context);
    return seen;
  } catch (error) {
    return `rejects: ${told(error)}`;
  }
}

/** Runs what may log, and gives what it logged besides. */
export async function logged(use) {
  const lines = [];
  const { error } = console;
  console.error = (...args) => lines.push(args.map(String).join(" "));
  try {
    return { result: await use(), lines };
  } finally {
    console.error = error;
  }
}

/** Counts the WebAssembly instances that are made from here on: each compiles its schema. */
export function counted() {
  const { Instance } = WebAssembly;
  let made = 0;
  WebAssembly.Instance = class extends Instance {
    constructor(...args) {
      super(...args);
      made++;
    }
  };
  return () => {
    WebAssembly.Instance = Instance;
    return made;
  };
}

/** Bundles a handler where only the package itself is installed. */
export async function bundled(name) {
  try {
    await build({
      stdin: {
        contents: `import { kafkaConsumer } from ${JSON.stringify(ENTRY[name])};
          export const handler = kafkaConsumer(async () => {}, { value: { type: "json" } });`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      platform: "node",
      write: false,
      logLevel: "silent",
      plugins: [
        {
          name: "not-installed",
          setup: (made) =>
            made.onResolve({ filter: /^(avro-js|protobufjs)/ }, () => ({
              errors: [{ text: "Could not resolve" }],
            })),
        },
      ],
    });
    return "bundled";
  } catch (error) {
    return error.message;
  }
}
