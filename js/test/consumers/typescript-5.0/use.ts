// The oldest TypeScript that is supported, without the types of Node or of browsers, library declarations checked.
import {
  avro,
  type BatchResponse,
  createDecoder,
  createDecoderSync,
  json,
  kafkaHandler,
  primitive,
  type StandardSchema,
} from "kafkalens";
import { apicurioRegistry } from "kafkalens/apicurio";
import { checkReader, confluentRegistry } from "kafkalens/confluent";
import { schemaFolder } from "kafkalens/folder";
import { glueRegistry } from "kafkalens/glue";
import { kafkaConsumer } from "kafkalens/powertools";
import { load } from "kafkalens/slim";
import { kafkaEvents } from "kafkalens/testing";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function exactly<_T extends true>(): void {}

const decoder = createDecoderSync({
  key: primitive("int64"),
  value: avro({
    writer: {
      type: "record",
      name: "P",
      fields: [{ name: "at", type: { type: "long", logicalType: "timestamp-millis" } }],
    },
  }),
  int64: "number",
});
const [record] = decoder.decodeEvent({ records: {} });
exactly<Equal<typeof record.key, number | null>>();
exactly<Equal<typeof record.value, { at: string } | null>>();
decoder.dispose();

interface Order {
  id: string;
}
declare const schema: StandardSchema<Order>;
export const handler = kafkaHandler(
  { value: json({ output: schema }), failures: "report" },
  async (record, { signal }) => {
    exactly<Equal<typeof record.value, Order | null>>();
    return signal.aborted;
  },
);
export const sources = [
  apicurioRegistry({ url: "https://registry:8081" }),
  confluentRegistry({ url: { href: "https://registry:8081" }, retries: 0 }),
  glueRegistry(),
  schemaFolder("schemas"),
];
export const registered = createDecoder({ value: avro({ framing: "confluent" }), schemas: sources[0]! });
export const others = [checkReader, kafkaConsumer, load, kafkaEvents];
export const response: Promise<BatchResponse> = handler({});
export const typed = createDecoder<string, Order>({ value: json() });
// @ts-expect-error: no such option
createDecoderSync({ vlaue: json() });
