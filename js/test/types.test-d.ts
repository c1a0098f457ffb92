// The public types, exactly: checked by tsc against the built package, never run.

import {
  avro,
  type Batch,
  type Config,
  createDecoder,
  createDecoderSync,
  type DecodedRecord,
  type DecodeError,
  type Decoder,
  isDecodeError,
  primitive,
  protobuf,
  type Result,
  type Side,
  type stringify,
  text,
} from "kafkalens";
import type { createDecoder as required } from "kafkalens/cjs";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function exactly<_T extends true>(): void {}

interface Order {
  order_id: string;
}

const untyped = createDecoderSync({ key: text(), value: avro({ writer: { type: "long" }, ids: [42] }) });
exactly<Equal<typeof untyped, Decoder<unknown, unknown>>>();
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
    const result: Result<Order | null> = record.valueResult;
    if (result.ok) {
      exactly<Equal<typeof result.value, Order | null>>();
    } else {
      exactly<Equal<typeof result.error, DecodeError>>();
    }
    const bytes = record.headers.get("h")?.bytes;
    exactly<Equal<typeof bytes, Uint8Array | null | undefined>>();
  }
  const caught: unknown = new Error();
  if (isDecodeError(caught)) {
    exactly<Equal<typeof caught, DecodeError>>();
    exactly<Equal<typeof caught.byteOffset, number | undefined>>();
  }
  exactly<Equal<ReturnType<typeof stringify>, string>>();
}

const side: Side = primitive("uuid");
export const config: Config = {
  key: side,
  topics: { orders: { value: side } },
  int64: "auto",
  lenient: ["utf8"],
};
// @ts-expect-error: no such option
export const unknownName: Config = { vlaue: side };
// @ts-expect-error: no such type
export const unknownType: Side = primitive("int128");
// @ts-expect-error: a message is not an Avro option
avro({ message: "x" });
