// A record's document: the text of a decoded event, without the line break that the page has in it.

import assert from "node:assert/strict";
import { kafkalens } from "../../support/package.mjs";

const { avro, createDecoderSync, json } = kafkalens;
const writer = { type: "record", name: "N", fields: [{ name: "n", type: "int" }] };
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

const record = {
  topic: "orders",
  partition: 2,
  offset: 10293,
  timestamp: 1680631941838,
  timestampType: "CREATE_TIME",
  key: base64('{"order_id": "d6d8d2c6"}'),
  value: base64(Buffer.from("0300de0ffae08c2c4279ac0dfd96883ba56e02", "hex")),
  headers: [],
};

export default {
  check({ code }) {
    const decoder = createDecoderSync({ key: json(), value: avro({ writer, framing: "glue", anyId: true }) });
    const text = decoder.decodeEventJson({ records: { "orders-2": [record] } });
    assert.equal(text, `{"records":[${code.trim().replace("\n ", "")}]}`);
  },
};
