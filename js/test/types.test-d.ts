// The public types, exactly: checked by tsc against the built package, never run.

import {
  avro,
  type Batch,
  type BatchResponse,
  type BytesSide,
  bytes,
  type Config,
  connect,
  createDecoder,
  createDecoderSync,
  type DecodedRecord,
  type DecodeError,
  type Decoder,
  type DeliveredRecord,
  type HandlerConfig,
  isDecodeError,
  json,
  kafkaHandler,
  primitive,
  protobuf,
  type Result,
  type Side,
  type StandardSchema,
  type stringify,
  text,
} from "kafkalens";
import type { createDecoder as required } from "kafkalens/cjs";
import type { ConfluentOptions } from "kafkalens/confluent";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function exactly<_T extends true>(): void {}

interface Order {
  order_id: string;
}

// What is named.
const typed = createDecoder<string, Order>({ value: protobuf({ message: "shop.Order", framing: "glue" }) });
exactly<Equal<typeof typed, Promise<Decoder<string, Order>>>>();
exactly<
  Equal<Awaited<ReturnType<typeof required<string, Order>>>["missingSchemas"], (event: unknown) => string[]>
>();

export async function use(event: unknown): Promise<void> {
  using decoder = await typed;
  const batch = decoder.decodeEvent(event);
  exactly<Equal<typeof batch, Batch<string, Order>>>();
  for (const record of batch) {
    exactly<Equal<typeof record, DecodedRecord<string, Order>>>();
    exactly<Equal<typeof record.value, Order | null>>();
    exactly<Equal<typeof record.key, string | null>>();
    exactly<Equal<typeof record.offset, number | null>>();
    exactly<Equal<typeof record.date, Date | null>>();
    exactly<Equal<typeof record.originalValue, string | null | undefined>>();
    exactly<Equal<ReturnType<typeof record.body>, Uint8Array | null>>();
    const result: Result<Order | null> = record.valueResult;
    if (result.ok) {
      exactly<Equal<typeof result.value, Order | null>>();
    } else {
      exactly<Equal<typeof result.error, DecodeError>>();
    }
    const held = record.headers.get("h")?.bytes;
    exactly<Equal<typeof held, Uint8Array | null | undefined>>();
  }
  const caught: unknown = new Error();
  if (isDecodeError(caught)) {
    exactly<Equal<typeof caught, DecodeError>>();
    exactly<Equal<typeof caught.byteOffset, number | undefined>>();
  }
  exactly<Equal<ReturnType<typeof stringify>, string>>();
}

// What follows from the configuration.
const plain = createDecoderSync();
exactly<Equal<typeof plain, Decoder<string, string>>>();
const simple = createDecoderSync({ key: text(), value: avro({ writer: { type: "long" }, ids: [42] }) });
exactly<Equal<typeof simple, Decoder<string, bigint>>>();
const options = createDecoderSync({
  key: primitive("int64"),
  value: avro({ writer: { type: "long", logicalType: "timestamp-millis" } }),
  int64: "number",
  timestamps: "date",
});
exactly<Equal<typeof options, Decoder<number, Date>>>();
const either = createDecoderSync({ key: primitive("int64"), value: primitive("double"), int64: "auto" });
exactly<Equal<typeof either, Decoder<number | bigint, number>>>();
const official = createDecoderSync({
  key: primitive("uuid"),
  value: primitive("int64"),
  dialect: "protojson",
});
exactly<Equal<typeof official, Decoder<string, string>>>();
const topics = createDecoderSync({
  key: bytes(),
  topics: { a: { value: primitive("int32") }, b: { key: text() } },
});
exactly<Equal<typeof topics, Decoder<Uint8Array | string, string | number>>>();
const literal = createDecoderSync({ value: { format: "primitive", type: "int64" }, int64: "string" });
exactly<Equal<typeof literal, Decoder<string, string>>>();

const PAYMENT = {
  type: "record",
  name: "Payment",
  fields: [
    { name: "id", type: "long" },
    { name: "amount", type: { type: "bytes", logicalType: "decimal", precision: 9, scale: 2 } },
    { name: "at", type: { type: "long", logicalType: "timestamp-micros" } },
    { name: "kind", type: { type: "enum", name: "Kind", symbols: ["CARD", "CASH"] } },
    { name: "note", type: ["null", "string"] },
    { name: "lines", type: { type: "array", items: { type: "map", values: "double" } } },
    { name: "hash", type: { type: "fixed", name: "Hash", size: 8 } },
    { name: "other", type: "com.example.Named" },
  ],
} as const;
interface Payment {
  id: bigint;
  amount: string;
  at: string;
  kind: "CARD" | "CASH";
  note: string | null;
  lines: { [key: string]: number }[];
  hash: Uint8Array;
  other: unknown;
}
const payments = createDecoderSync({ value: avro({ writer: PAYMENT }) });
exactly<Equal<typeof payments, Decoder<string, Payment>>>();
const raw = createDecoderSync({ value: avro({ writer: PAYMENT }), dialect: "avro-json" });
type Raw = NonNullable<ReturnType<typeof raw.decodeEvent>[number]["value"]>;
exactly<Equal<Raw["amount"], Uint8Array>>();
exactly<Equal<Raw["at"], bigint>>();
exactly<Equal<Raw["note"], { [branch: string]: string } | null>>();
const reader = createDecoderSync({ value: avro({ writer: PAYMENT, reader: { type: "string" } }) });
exactly<Equal<typeof reader, Decoder<string, string>>>();
const unread = createDecoderSync({ value: avro({ writer: '"long"' }) });
exactly<Equal<typeof unread, Decoder<string, unknown>>>();
const fetched = createDecoderSync({ key: json(), value: avro({ framing: "confluent" }) });
exactly<Equal<typeof fetched, Decoder<unknown, unknown>>>();

const byPath = createDecoderSync({
  value: avro({ writer: PAYMENT }),
  int64: { default: "number", paths: { "$.id": "string" } },
});
exactly<Equal<NonNullable<ReturnType<typeof byPath.decodeEvent>[number]["value"]>["id"], number | string>>();
const pathsOnly = createDecoderSync({ value: primitive("int64"), int64: { paths: { "$.id": "number" } } });
exactly<Equal<typeof pathsOnly, Decoder<string, number | bigint>>>();

const OUTER = {
  type: "record",
  name: "Outer",
  fields: [
    { name: "id", type: { type: "fixed", name: "Id", size: 16, logicalType: "uuid" } },
    { name: "text", type: { type: "string", logicalType: "uuid" } },
    { name: "took", type: { type: "fixed", name: "Took", size: 12, logicalType: "duration" } },
    {
      name: "lines",
      type: {
        type: "array",
        items: { type: "record", name: "Line", fields: [{ name: "n", type: "long" }] },
      },
    },
    { name: "counts", type: { type: "map", values: "int" } },
  ],
} as const;
interface Outer<Fixed> {
  id: Fixed;
  text: string;
  took: Fixed;
  lines: { n: bigint }[];
  counts: { [key: string]: number };
}
const outer = createDecoderSync({ value: avro({ writer: OUTER }) });
exactly<Equal<typeof outer, Decoder<string, Outer<string>>>>();
const outerRaw = createDecoderSync({ value: avro({ writer: OUTER }), dialect: "avro-json" });
exactly<Equal<typeof outerRaw, Decoder<string, Outer<Uint8Array>>>>();
interface Part {
  id?: string;
  text?: string;
  took?: string;
  lines?: { n?: bigint }[];
  counts?: { [key: string]: number };
}
const part = createDecoderSync({ value: avro({ writer: OUTER, select: ["lines[].n"] }) });
exactly<Equal<typeof part, Decoder<string, Part>>>();
const written = createDecoderSync({ value: { format: "avro", writer: OUTER, select: ["text"] } });
exactly<Equal<typeof written, Decoder<string, Part>>>();

// The caller's own types.
const named = createDecoderSync({ key: json<{ id: string }>(), value: avro<Order>({ framing: "glue" }) });
exactly<Equal<typeof named, Decoder<{ id: string }, Order>>>();
const message = createDecoderSync({
  key: connect<Order>(),
  value: protobuf<Order>({ message: "shop.Order" }),
});
exactly<Equal<typeof message, Decoder<Order, Order>>>();

class Parcel {
  readonly order: Order;
  constructor(order: Order) {
    this.order = order;
  }
}
declare const schema: StandardSchema<Order>;
const validated = createDecoderSync({ key: json({ output: schema }), value: avro({ output: Parcel }) });
exactly<Equal<typeof validated, Decoder<Order, Parcel>>>();
const mapped = createDecoderSync({
  key: text({ output: Number }),
  value: json({ output: async (order: Order) => order.order_id }),
});
exactly<Equal<typeof mapped, Decoder<number, string>>>();

// A type that is named is what an output makes; what it makes it of, its own parameter tells.
const both = createDecoderSync({
  key: avro<string>({ output: ({ order_id }: Order) => order_id }),
  value: protobuf<Parcel>({ output: Parcel }),
});
exactly<Equal<typeof both, Decoder<string, Parcel>>>();
const parsed = createDecoderSync({
  key: connect<Order>({ output: schema }),
  value: json<Order>({ output: schema }),
});
exactly<Equal<typeof parsed, Decoder<Order, Order>>>();
// @ts-expect-error: the output makes another type
avro<Order>({ output: ({ order_id }: Order) => order_id });

// Functions that stand in a configuration have their parameters' types from it.
const inline = createDecoder({
  key: {
    format: "json",
    output: (value) => {
      exactly<Equal<typeof value, unknown>>();
      return String(value);
    },
  },
  value: json({ output: (value) => [value] }),
  schemas: {
    async fetch(reference) {
      exactly<Equal<typeof reference, string>>();
      return { reference, type: "AVRO", schema: '"int"' };
    },
  },
});
exactly<Equal<typeof inline, Promise<Decoder<string, unknown[]>>>>();
const synchronous = createDecoderSync({ value: { format: "json", output: (value) => value } });
exactly<Equal<typeof synchronous, Decoder<string, unknown>>>();

// Of a configuration that is made elsewhere nothing is known.
declare const some: Config;
const unknown = createDecoderSync(some);
exactly<Equal<typeof unknown, Decoder<unknown, unknown>>>();
declare const perhaps: Config | undefined;
const maybe = createDecoderSync(perhaps);
exactly<Equal<typeof maybe, Decoder<unknown, unknown>>>();
declare const eitherSide: "key" | "value";
const computed = createDecoderSync({ [eitherSide]: json<Order>() });
exactly<Equal<typeof computed, Decoder<unknown, unknown>>>();
export const generic = <C extends Config>(given: C) => createDecoderSync(given);
exactly<Equal<ReturnType<typeof generic<{ key: BytesSide }>>, Decoder<Uint8Array, string>>>();

// Sources: credentials from an environment, headers as the platform takes them.
declare const variable: string | undefined;
declare const pairs: Iterable<[string, string]>;
export const registries: ConfluentOptions[] = [
  { url: "https://r", auth: { username: variable, password: variable }, headers: { a: "b" } },
  { url: { href: "https://r" }, auth: { token: variable }, headers: pairs },
  { url: "https://r", auth: { token: async () => "t" }, headers: [["a", "b"]] },
  // @ts-expect-error: no such option
  { url: "https://r", retry: 3 },
  // @ts-expect-error: a password is missing
  { url: "https://r", auth: { username: "u" } },
];

// Handlers.
export const handler = kafkaHandler(
  { value: avro({ writer: PAYMENT }), failures: "report", poison: { skip: (record) => record.id } },
  async (record, context) => {
    exactly<Equal<typeof record, DeliveredRecord<string, Payment>>>();
    exactly<Equal<typeof record.id, string>>();
    exactly<typeof record extends DecodedRecord<string, Payment> ? true : false>();
    exactly<Equal<typeof context.signal.aborted, boolean>>();
  },
);
exactly<Equal<ReturnType<typeof handler>, Promise<BatchResponse>>>();
export const other = kafkaHandler<string, Order>({ mode: "queue", concurrency: 4 }, (record) => {
  exactly<Equal<typeof record.value, Order | null>>();
});
declare const settings: HandlerConfig;
export const any = kafkaHandler(settings, (record) => {
  exactly<Equal<typeof record.value, unknown>>();
});
export const annotated = kafkaHandler(
  settings,
  (record: DecodedRecord<string, Order>) => record.value?.order_id,
);
export const wrapped = <C extends HandlerConfig>(given: C) =>
  kafkaHandler({ ...given, failures: "report" }, () => {});

const side: Side = primitive("uuid");
export const config: Config = {
  key: side,
  topics: { orders: { value: side } },
  int64: "auto",
  lenient: ["utf8"],
};
// @ts-expect-error: no such option
export const unknownName: Config = { vlaue: side };
// @ts-expect-error: no such option
createDecoderSync({ vlaue: side });
// @ts-expect-error: no such option
createDecoder({ value: side, timestmaps: "iso" });
// @ts-expect-error: no such option
kafkaHandler({ faliures: "report" }, () => {});
const [misspelt, partly] = [{ vlaue: side }, { vlaue: side, key: side }] as const;
// @ts-expect-error: no such option
createDecoderSync(misspelt);
// @ts-expect-error: no such option
createDecoderSync(partly);
// @ts-expect-error: no such option
createDecoder(partly);
// @ts-expect-error: no such option
kafkaHandler(partly, () => {});
// @ts-expect-error: no such value
createDecoderSync({ int64: "sometimes" });
// @ts-expect-error: no such type
export const unknownType: Side = primitive("int128");
// @ts-expect-error: a message is not an Avro option
avro({ message: "x" });
