// node --expose-gc leak.mjs BATCHES decodes batch after batch as a function does that is never restarted, and prints, as JSON, what
// memory was held early and late: by JavaScript's heap, beside it, and in all.

import { base64, event, PAIR, pair } from "./events.mjs";
import { kafkalens } from "./package.mjs";

const { avro, createDecoder, createDecoderSync, json, kafkaHandler, stringify, text } = kafkalens;

const batches = Number(process.argv[2]);
const good = { key: base64("k"), value: base64(pair(7, "name".repeat(7))), headers: [{ h: [1, -1] }] };
const input = event(good, good, { ...good, value: base64([2]) }, { key: null, value: null }, good);
const content = JSON.stringify(input);
const value = avro({ writer: PAIR });
const decoder = await createDecoder({ key: text(), value });
const checked = createDecoderSync({ value: avro({ writer: PAIR, output: ({ name }) => name }) });
const handler = kafkaHandler({ value, poison: { skip: () => {} } }, (record) => record.value?.name);
const maps = createDecoderSync({ value: json() });
const schemas = {
  fetch: async (reference) => ({ reference, type: "AVRO", schema: JSON.stringify(PAIR) }),
};
const fetching = await createDecoder({ value: avro({ framing: "confluent" }), schemas });
const framed = Buffer.concat([Buffer.from([0, 0, 0, 0, 1]), pair(7, "name")]);

const files = createDecoderSync({ value: avro({ framing: "ocf" }) });
const replaced = createDecoderSync({ value: avro({ framing: "confluent" }) });

/** A container file with one datum of a record whose name no other has. */
function file(i) {
  const text = (bytes) => Buffer.concat([Buffer.from([bytes.length * 2]), Buffer.from(bytes)]);
  const schema = `{"type":"record","name":"R${i}","fields":[]}`;
  const sync = Buffer.alloc(16, 7);
  const header = [Buffer.from("Obj\x01\x02"), text("avro.schema"), text(schema), Buffer.from([0]), sync];
  return Buffer.concat([...header, Buffer.from([2, 0]), sync]);
}

/** Each way in which a batch may be used. */
const USES = [
  (i) => decoder.decodeEvent(input)[i % 5].valueResult,
  (i) => decoder.decodeEvent(content)[i % 5].keyResult,
  () => decoder.decodeEvent(input).stats,
  () => [...decoder.decodeEvent(input)].map((record) => [record.id, record.bytes(), record.originalValue]),
  () => decoder.decodeEvent(content).errors,
  () => stringify(decoder.decodeEvent(input)),
  () => checked.decodeEvent(input)[0].value,
  () => decoder.decodePayload(pair(1, "x")),
  () => decoder.missingSchemas(input),
  () => decoder.decodeEvent(input)[0].body(),
  () => handler(input, { getRemainingTimeInMillis: () => 10_000 }),
  // Keys that never come twice, and topics.
  (i) => maps.decodePayload(Buffer.from(`{"key ${i}":{"another ${i}":1}}`)),
  (i) =>
    decoder.decodeEvent({
      records: { [`topic-${i}`]: [{ topic: `t${i}`, partition: 0, offset: 0, value: "" }] },
    })[0].key,
  // Schemas that never come twice, in payloads and in place of others; one that is added over and over.
  (i) => files.decodePayload(file(i)).value.length,
  (i) => {
    const schema = (n) => ({
      reference: "confluent:1",
      type: "AVRO",
      schema: JSON.stringify({ ...PAIR, n }),
    });
    replaced.addSchema(schema(i % 3 === 0 ? i : 0));
    replaced.decodeEvent(event({ value: base64(framed) }))[0].value.id;
  },
  async () => (await fetching.decode(event({ value: base64(framed) })))[0].value.id,
  (i) => {
    if (i % 50 === 0) {
      const brief = createDecoderSync({ value });
      brief.decodeEvent(input)[0].value;
      brief.dispose();
    }
  },
];

async function decode(from, to) {
  for (let i = from; i < to; i++) {
    await USES[i % USES.length](i);
  }
}

function held() {
  gc();
  gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapUsed, external, rss };
}

await decode(0, Math.floor(batches / 4));
const early = held();
await decode(Math.floor(batches / 4), batches);
console.log(JSON.stringify({ early, late: held() }));
