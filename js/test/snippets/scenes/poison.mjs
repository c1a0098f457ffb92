// Three records, the second of which is no JSON.

import assert from "node:assert/strict";

const values = ['{"id":1}', '{"id":', '{"id":3}'];

export default {
  event: {
    eventSource: "aws:kafka",
    records: {
      "orders-0": values.map((value, offset) => ({
        topic: "orders",
        partition: 0,
        offset,
        value: Buffer.from(value).toString("base64"),
      })),
    },
  },
  check({ result }) {
    assert.deepStrictEqual(JSON.parse(result), { batchItemFailures: [] });
  },
};
