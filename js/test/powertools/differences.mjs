// Every deliberate difference, as docs/powertools.md lists them: what each package does, seen by running it.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import avro from "avro-js";
import { z } from "zod";
import {
  base64,
  bundled,
  counted,
  datum,
  event,
  hex,
  LAPTOP,
  logged,
  ORDER,
  ORDER_SCHEMA,
  outcome,
  Product,
  run,
  Wrapper,
} from "./support.mjs";

const CONFLUENT = { dataFormat: "PROTOBUF", schemaId: "42" };
const UUID = "89791762-2336-4186-9674-299b90a802e2";
const GLUE = `0300${UUID.replaceAll("-", "")}`;
const AVRO = { value: { type: "avro", schema: ORDER_SCHEMA } };
const PRODUCT = { value: { type: "protobuf", schema: Product } };
const laptop = "{ id: 1001, name: 'Laptop', price: 999.99 }";
const LINE = '{"type":"record","name":"L","fields":[{"name":"n","type":"long"}]}';

const values = (records) => records.map((record) => outcome(() => value(record)));
/** A message of protobufjs as the plain object that it stands for. */
function value(record) {
  const made = record.value;
  return made?.$type?.toObject(made) ?? made;
}
const just = (given, config) => ({ given, config, see: values });
/** The incumbent remembers how it read message indexes: these run where nothing has been read. */
const confluent = (...payloads) => ({
  fresh: true,
  ...just(
    event(...payloads.map((payload) => ({ value: hex(payload), valueSchemaMetadata: CONFLUENT }))),
    PRODUCT,
  ),
});
const avroOf = (schema, payload, more = {}) =>
  just(event({ value: hex(payload) }), { value: { type: "avro", schema, ...more } });
const framed = (bytes) => base64(Buffer.from(bytes.replaceAll(" ", ""), "hex"));

/** Confluent's message indexes, zig-zag coded. */
const INDEXES = ["02 02", "04 02 00", "02 02", "00", "04 00 00", "06 04 00 02", "02 8c 01"];

/** A list in a list, so many levels deep. */
const NESTED = '{"type":"record","name":"N","fields":[{"name":"n","type":["null","N"]}]}';

/**
 * Each with the words of the table, and what both packages are seen to do: an outcome, or a pattern of it. Where it
 * takes more than an event and a configuration, `use` does it.
 */
export const DIFFERENCES = [
  {
    title: "Protobuf without schema metadata (a mapping without a registry)",
    words: ["throws, always", "decodes"],
    ...just(event({ value: hex(LAPTOP) }), PRODUCT),
    incumbent: [/^throws KafkaConsumerDeserializationError: .*reading 'schemaId'/],
    kafkalens: [laptop],
  },
  {
    title: "Confluent's message index `[1]`",
    words: ["fields are lost, silently", "right"],
    ...confluent(`02 02 ${LAPTOP}`),
    incumbent: ["{ price: 999.99 }"],
    kafkalens: [laptop],
  },
  {
    title: "Confluent's message index `[2, 0, 1]`",
    words: ["fields are lost, silently", "right"],
    ...confluent(`06 04 00 02 ${LAPTOP}`),
    incumbent: ["{ name: 'Laptop', price: 999.99 }"],
    kafkalens: [laptop],
  },
  {
    title:
      "The message indexes `[1]`, `[1, 0]`, `[1]` again, `[0]`, `[0, 0]`, `[2, 0, 1]`, `[70]` in one event",
    words: ["a record's value depends on the records before it", "each is right"],
    ...confluent(...INDEXES.map((index) => index + LAPTOP)),
    incumbent: ["{ price: 999.99 }", laptop, laptop, laptop, laptop, laptop, laptop],
    kafkalens: new Array(7).fill(laptop),
  },
  {
    title: "The same the other way round",
    words: ["others are wrong", "each is right"],
    ...confluent(...INDEXES.toReversed().map((index) => index + LAPTOP)),
    incumbent: [laptop, "{ name: 'Laptop', price: 999.99 }", laptop, laptop, laptop, laptop, laptop],
    kafkalens: new Array(7).fill(laptop),
  },
  {
    title: "A message that begins with a message, index `[1, 0]`",
    words: ["an empty message, silently", "right"],
    fresh: true,
    ...just(
      event({
        value: base64(
          Buffer.concat([
            Buffer.from([4, 2, 0]),
            Wrapper.encode({ product: { id: 1001, name: "Laptop", price: 999.99 } }).finish(),
          ]),
        ),
        valueSchemaMetadata: CONFLUENT,
      }),
      { value: { type: "protobuf", schema: Wrapper } },
    ),
    incumbent: ["{}"],
    kafkalens: [`{ product: ${laptop} }`],
  },
  {
    title: "An old client's unsigned index that is a zig-zag index too: `[2, 0]` as `02 02 00`",
    words: ["read as unsigned at first", "read as zig-zag: an error"],
    ...confluent(`02 02 00 ${LAPTOP}`),
    incumbent: [laptop],
    kafkalens: [/^throws KafkaConsumerDeserializationError/],
  },
  {
    title: "What a Protobuf class is given under a registry",
    words: ["a `Reader` of protobufjs", "bytes"],
    ...just(event({ value: hex(`00${LAPTOP}`), valueSchemaMetadata: CONFLUENT }), {
      value: { type: "protobuf", schema: { decode: (given) => given instanceof Uint8Array } },
    }),
    incumbent: ["false"],
    kafkalens: ["true"],
  },
  {
    title: "Protobuf by .proto files or a descriptor set instead of a class",
    words: ["throws", "decoded, without protobufjs"],
    ...just(event({ value: hex(LAPTOP), valueSchemaMetadata: { dataFormat: "PROTOBUF" } }), {
      value: {
        type: "protobuf",
        schema: {
          files: [
            {
              name: "product.proto",
              text: 'syntax = "proto3"; message Product { int32 id = 1; string name = 2; double price = 3; }',
            },
          ],
          message: "Product",
        },
      },
    }),
    incumbent: [/^throws KafkaConsumerDeserializationError: .*decode is not a function/],
    kafkalens: [laptop],
  },
  {
    title: 'Protobuf behind Confluent\'s or Glue\'s prefix (`framing: "confluent"` or `"glue"`)',
    words: ["no such option", "decoded"],
    given: event({ value: hex(`00 0000002a 02 02 ${LAPTOP}`) }),
    see: values,
    config: { value: { ...PRODUCT.value, framing: "confluent" } },
    incumbent: [/^throws/],
    kafkalens: [laptop],
  },
  {
    title: 'Avro behind Confluent\'s prefix (`framing: "confluent"`)',
    words: ["throws, or decodes to something else", "decoded"],
    ...avroOf(LINE, "00 0000002a d20f", { framing: "confluent" }),
    incumbent: [/^throws KafkaConsumerDeserializationError: .*trailing data/],
    kafkalens: ["{ n: 1001 }"],
  },
  {
    title: 'Avro behind Glue\'s prefix (`framing: "glue"`), compressed or not',
    words: ["throws, or decodes to something else", "decoded"],
    ...just(
      event(
        { value: framed(`${GLUE}d20f`) },
        {
          value: framed(
            `${GLUE.replace("0300", "0305")}${deflateSync(Buffer.from("d20f", "hex")).toString("hex")}`,
          ),
        },
        { value: framed("d20f"), valueSchemaMetadata: { dataFormat: "AVRO", schemaId: UUID } },
      ),
      { value: { type: "avro", schema: LINE, framing: "glue" } },
    ),
    incumbent: [/^throws/, /^throws/, "{ n: 1001 }"],
    kafkalens: ["{ n: 1001 }", "{ n: 1001 }", "{ n: 1001 }"],
  },
  {
    title: "JSON behind Confluent's or Glue's prefix (`framing`)",
    words: ["text with the prefix in it", "decoded"],
    ...just(event({ value: base64(Buffer.concat([Buffer.from([0, 0, 0, 0, 42]), Buffer.from("[1]")])) }), {
      value: { type: "json", framing: "confluent" },
    }),
    incumbent: ["'\\x00\\x00\\x00\\x00*[1]'"],
    kafkalens: ["[ 1 ]"],
  },
  {
    title: "Avro's `long` beyond 2^53",
    words: ["throws", "a bigint"],
    ...avroOf('"long"', "feffffffffffffffff01"),
    incumbent: [/^throws .*potential precision loss/],
    kafkalens: ["9223372036854775807n"],
  },
  {
    title: "Avro records",
    words: ["instances of a class made for the schema", "plain objects"],
    ...just(event({ value: datum(ORDER_SCHEMA, ORDER) }), AVRO),
    see: ([record]) => Object.getPrototypeOf(record.value) === Object.prototype,
    incumbent: false,
    kafkalens: true,
  },
  {
    title: "A map's key `__proto__` in Avro",
    words: ["becomes the value's prototype", "is data"],
    given: event({ value: hex("02 12 5f5f70726f746f5f5f 02 02 78 02 00 00") }),
    config: { value: { type: "avro", schema: '{"type":"map","values":{"type":"map","values":"int"}}' } },
    see: ([{ value }]) => [Object.keys(value), "x" in value],
    incumbent: [[], true],
    kafkalens: [["__proto__"], false],
  },
  {
    title: "Avro names that the specification doesn't allow, such as the namespace `Order V1`",
    words: ["throws", "decodes"],
    ...avroOf(LINE.replace('"name":"L"', '"name":"L","namespace":"Order V1"'), "d20f"),
    incumbent: [/^throws .*invalid/],
    kafkalens: ["{ n: 1001 }"],
  },
  {
    title: "An Avro boolean of another byte than 0 and 1",
    words: ["true", "an error"],
    ...avroOf('"boolean"', "02"),
    incumbent: ["true"],
    kafkalens: [/^throws .*AVRO_BOOLEAN/],
  },
  {
    title: "An Avro `int` beyond 32 bits",
    words: ["a number", "an error"],
    ...avroOf('"int"', "fe ff ff ff 7f"),
    incumbent: ["17179869183"],
    kafkalens: [/^throws .*AVRO_INT/],
  },
  {
    title: "An Avro value nested more than 100 levels deep",
    words: ["decodes", "an error"],
    ...avroOf(NESTED, `${"02".repeat(150)}00`),
    see: (records) => values(records).map((text) => text.slice(0, 100)),
    incumbent: [/^\{\s+n: \{\s+N: \{\s+n: /],
    kafkalens: [/^throws .*AVRO_DEPTH/],
  },
  {
    title: "Base64 of the URL alphabet, or with spaces, under Avro",
    words: ["accepted", "an error"],
    ...just(event({ value: "_ w8=" }), { value: { type: "avro", schema: '"long"' } }),
    incumbent: ["-1024"],
    kafkalens: [/^throws .*BASE64_INVALID/],
  },
  {
    title: "The same under Protobuf with a schema's id in the metadata",
    words: ["accepted", "an error"],
    ...just(event({ value: " AAgH", valueSchemaMetadata: CONFLUENT }), PRODUCT),
    incumbent: ["{ id: 7 }"],
    kafkalens: [/^throws .*BASE64_INVALID/],
  },
  {
    title: "An Avro schema given as the path of a file",
    words: ["read", "an error: give the text"],
    use: async (kafka) => {
      const file = join(mkdtempSync(join(tmpdir(), "kafkalens-")), "line.avsc");
      writeFileSync(file, LINE);
      return run(kafka, event({ value: hex("d20f") }), { value: { type: "avro", schema: file } }, values);
    },
    incumbent: ["{ n: 1001 }"],
    kafkalens: [/^throws .*SCHEMA_INVALID/],
  },
  {
    title: "JSON that doesn't parse",
    words: ["its payload is logged with `console.error`", "nothing is logged"],
    use: async (kafka) =>
      (
        await logged(() =>
          run(kafka, event({ value: base64("secret") }), { value: { type: "json" } }, values),
        )
      ).lines,
    incumbent: [/^Failed to parse JSON from base64 value: c2VjcmV0/],
    kafkalens: [],
  },
  {
    title: "The message of a failed decode",
    words: ["holds the payload and the schema", "holds neither; `cause` has code, path and byte offset"],
    given: event({ value: base64("secret") }),
    config: AVRO,
    see: ([record]) => {
      try {
        return record.value;
      } catch ({ message, cause }) {
        return [message.includes(base64("secret")), message.includes("Status"), cause?.code];
      }
    },
    incumbent: [true, true, undefined],
    kafkalens: [false, false, "AVRO_LENGTH"],
  },
  {
    title: "`record.value`, `record.key` and `record.headers`",
    words: ["made anew each time", "made once"],
    given: event({ key: base64("[]"), value: datum(ORDER_SCHEMA, ORDER) }),
    config: { key: { type: "json" }, ...AVRO },
    see: ([record]) =>
      ["key", "value", "headers"].map((part) => new Set([record[part], record[part]]).size === 1),
    incumbent: [false, false, false],
    kafkalens: [true, true, true],
  },
  {
    title: "Schemas and validators",
    words: ["the schema is parsed and the validator called at each access", "once"],
    use: async (kafka) => {
      const { parse } = avro;
      let parsed = 0;
      let validated = 0;
      avro.parse = (...args) => {
        parsed++;
        return parse(...args);
      };
      const instances = counted();
      const payload = { value: Buffer.from("d20f", "hex").toString("base64") };
      const parserSchema = z.unknown().refine(() => {
        validated++;
        return true;
      });
      const config = { value: { type: "avro", schema: LINE, parserSchema } };
      const see = (records) => records.map((record) => [record.value, record.value]);
      const handler = kafka.kafkaConsumer(async ({ records }) => see(records), config);
      await handler(event(payload, payload), {});
      await handler(event(payload, payload), {});
      avro.parse = parse;
      return { parsed: parsed + instances(), validated };
    },
    incumbent: { parsed: 8, validated: 8 },
    kafkalens: { parsed: 1, validated: 4 },
  },
  {
    title: "A header without a value, or a record without headers",
    words: ["throws a TypeError", "null, undefined"],
    given: event({ headers: [{ h: null }] }, { headers: undefined }),
    config: undefined,
    see: (records) => records.map((record) => outcome(() => record.headers)),
    incumbent: [/^throws TypeError/, /^throws TypeError/],
    kafkalens: ["[ { h: null } ]", "undefined"],
  },
  {
    title: "A configuration without `type`",
    words: ["undefined", "text"],
    ...just(event({ value: base64("a") }), { value: {} }),
    incumbent: ["undefined"],
    kafkalens: ["'a'"],
  },
  {
    title: "Bundling a handler for JSON without avro-js and protobufjs",
    words: ["fails", "works; kafkalens has no dependencies"],
    use: (_, name) => bundled(name),
    incumbent: /Could not resolve/,
    kafkalens: "bundled",
  },
];

/** What a package does. */
export async function behaviour({ given, config, see, use }, kafka, name) {
  return use === undefined ? await run(kafka, given, config, see) : await use(kafka, name);
}
