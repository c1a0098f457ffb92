// Small events, and what is asked of errors.

import assert from "node:assert/strict";
import { kafkalens } from "./package.mjs";

export const base64 = (value) => Buffer.from(value).toString("base64");

/** An event of one partition, `t-0`, its offsets counted from 0. */
export function event(...records) {
  return partitions({ "t-0": records });
}

/** An event of partitions `{ "topic-0": [fields] }`. */
export function partitions(lists) {
  const records = Object.entries(lists).map(([name, list]) => {
    const [, topic, partition] = /^(.*)-(\d+)$/.exec(name);
    return [name, list.map((fields, offset) => record(topic, Number(partition), { offset, ...fields }))];
  });
  return {
    eventSource: "aws:kafka",
    eventSourceArn: "arn:aws:kafka:eu-west-1:123456789012:cluster/orders/0b1a8b8e-2",
    bootstrapServers: "b-1.example.com:9098",
    records: Object.fromEntries(records),
  };
}

function record(topic, partition, fields) {
  return { topic, partition, timestamp: 1700000000123, timestampType: "CREATE_TIME", headers: [], ...fields };
}

/** What `assert.throws` checks an error with. */
export function fails(code) {
  return (error) => {
    assert.ok(kafkalens.isDecodeError(error), String(error));
    assert.equal(error.code, code, error.message);
    return true;
  };
}

export const PAIR = {
  type: "record",
  name: "Pair",
  fields: [
    { name: "id", type: "long" },
    { name: "name", type: "string" },
  ],
};

/** A pair of an id below 64 and a short name. */
export const pair = (id, name) => Buffer.concat([Buffer.from([2 * id, 2 * name.length]), Buffer.from(name)]);
