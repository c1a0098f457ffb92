// Who decodes. Each candidate gets an event object (as the Lambda runtime hands it over), or the text of one where that is the
// workload, and gives keys and values.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { avscType, bufOrder, config, protoText, works } from "./workload.mjs";

const require = createRequire(import.meta.url);
const target = new URL("../../target/bench/", import.meta.url).pathname;

/** Reads records one after the other; `keep` collects them. */
const each = (decode) => (event, read, keep) => {
  const { records } = typeof event === "string" ? JSON.parse(event) : event;
  for (const r of records["orders-0"]) {
    const key = Buffer.from(r.key, "base64").toString();
    const value = decode(Buffer.from(r.value, "base64"));
    read(value);
    keep?.push({ key, value });
  }
};

/** Ours; `select` names what is decoded of the value. */
async function kafkalens({ value, ...options }, select) {
  const { createDecoderSync } = await import("../../pkg/node.mjs");
  const decoder = createDecoderSync({ ...options, value: { ...value, select } });
  return (event, read, keep) => {
    for (const record of decoder.decodeEvent(event)) {
      const { key, value } = record;
      read(value);
      keep?.push({ key, value });
    }
  };
}

/** Ours, from a text that was parsed before. */
async function parsed(work) {
  const decode = await kafkalens(config(work));
  return (text, read, keep) => decode(JSON.parse(text), read, keep);
}

/** As where a content security policy forbids code generation. A flag of Node's would forbid it to avsc's loading too. */
function withoutEval(work) {
  globalThis.Function = () => {
    throw new EvalError("forbidden here");
  };
  return kafkalens(config(work));
}

/** Makes protobufjs's static code, by pbjs for the version that is installed, and gives its place. */
export function staticModule() {
  mkdirSync(target, { recursive: true });
  const out = `${target}order.cjs`;
  const pbjs = require.resolve("protobufjs-cli/bin/pbjs");
  const proto = new URL("order.proto", import.meta.url).pathname;
  const flags = ["-t", "static-module", "-w", "commonjs", "-o", out, proto];
  execFileSync(process.execPath, [pbjs, ...flags], { stdio: ["ignore", "ignore", "inherit"] });
  return out;
}

function staticOrder() {
  const file = staticModule();
  // The generated module asks for protobufjs from where it lies.
  const made = new Module(file);
  made.filename = file;
  made.paths = Module._nodeModulePaths(new URL(".", import.meta.url).pathname);
  made._compile(readFileSync(file, "utf8"), file);
  return made.exports.acme.Order;
}

async function powertools(work) {
  const { kafkaConsumer } = await import("@aws-lambda-powertools/kafka");
  const type = work.format;
  const schema =
    type === "avro" ? JSON.stringify(work.schema) : type === "protobuf" ? staticOrder() : undefined;
  return async (event, read, keep) => {
    const handler = kafkaConsumer(
      async ({ records }) => {
        for (const record of records) {
          const { key, value } = record;
          read(value);
          keep?.push({ key, value });
        }
      },
      { value: schema === undefined ? { type } : { type, schema } },
    );
    await handler(event, {});
  };
}

const toObject = { longs: Number, enums: String, defaults: true };

/** Every candidate by name: the formats that it reads, and how it is made. */
export const candidates = {
  kafkalens: { texts: true, make: (work) => kafkalens(config(work)) },
  "kafkalens-parsed": { texts: "only", make: parsed },
  "kafkalens-defaults": {
    make: (work) => kafkalens({ value: config(work).value }),
    differs: "bigint, dates as text",
  },
  "kafkalens-select": { selects: true, make: (work) => kafkalens(config(work), work.select) },
  "kafkalens-closures": { make: (work) => withoutEval(work), alone: true },
  avsc: {
    texts: true,
    formats: ["avro"],
    make: (work) => {
      const type = avscType(work);
      return each((bytes) => type.fromBuffer(bytes));
    },
  },
  "avro-js": {
    formats: ["avro"],
    not: ["bigints"],
    // Unions come wrapped.
    differs: "wrapped unions",
    make: (work) => {
      const type = require("avro-js").parse(work.schema);
      return each((bytes) => type.fromBuffer(bytes));
    },
  },
  "protobufjs-static": {
    formats: ["protobuf"],
    differs: "Long, enum numbers",
    make: () => {
      const Order = staticOrder();
      return each((bytes) => Order.decode(bytes));
    },
  },
  "protobufjs-toObject": {
    formats: ["protobuf"],
    make: () => {
      const Order = staticOrder();
      return each((bytes) => Order.toObject(Order.decode(bytes), toObject));
    },
  },
  "protobufjs-reflection": {
    formats: ["protobuf"],
    make: () => {
      const Order = require("protobufjs").parse(protoText).root.lookupType("acme.Order");
      return each((bytes) => Order.toObject(Order.decode(bytes), toObject));
    },
  },
  bufbuild: {
    formats: ["protobuf"],
    differs: "bigint, enum numbers",
    make: async () => {
      const { fromBinary } = await import("@bufbuild/protobuf");
      return each((bytes) => fromBinary(bufOrder, bytes));
    },
  },
  "JSON.parse": { formats: ["json"], make: () => each((bytes) => JSON.parse(bytes.toString())) },
  powertools: { not: ["bigints"], slow: true, differs: "wrapped unions, Long", make: powertools },
};

/** The candidates for a workload. */
export function candidatesFor(name) {
  const work = works[name];
  return Object.keys(candidates).filter((c) => {
    const {
      formats = ["avro", "protobuf", "json"],
      not = [],
      selects = false,
      texts = false,
    } = candidates[c];
    const takes = work.text === true ? texts !== false : texts !== "only";
    return (
      takes && formats.includes(work.format) && !not.includes(name) && (!selects || work.select !== undefined)
    );
  });
}
