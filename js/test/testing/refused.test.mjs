// A misspelt name would make another event than the test is meant for: the kit takes only what it knows.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { folder, kafkalens } from "../support/package.mjs";

const { isDecodeError, json } = kafkalens;
const { kafkaEvents, onFailure, raw, written } = await import(
  pathToFileURL(join(folder, "testing.mjs")).href
);

const events = kafkaEvents({ value: json() });
const record = (more) => () => events.msk([{ value: 1 }, more]);
const options = (given) => () => kafkaEvents({ value: json() }, given);
const failure = (given) => () => onFailure(events.msk([{ value: 1 }]), given);

/** What is given, what the message says of it, and the name that is probably meant. */
const REFUSED = [
  [record({ Topic: "a" }), /the names of record 1 to be among `topic`, .*`value`, found `Topic`$/, "topic"],
  [record({ val: 1 }), /of record 1 .*found `val`$/, "value"],
  [record({ page: 1 }), /of record 1 .*found `page`$/],
  [record(null), /record 1 to be an object such as `{ key, value }`, found null$/],
  [record([]), /record 1 .*found an array$/],
  [record({ topic: "" }), /`topic` of record 1 to be a string that is not empty, found a string$/],
  [record({ partition: -1 }), /`partition` of record 1 to be a whole number from 0 to 2147483647, found -1$/],
  [record({ partition: 2 ** 31 }), /`partition` of record 1 .*found 2147483648$/],
  [record({ offset: 5n }), /`offset` of record 1 to be a whole number .*, found a bigint$/],
  [record({ timestamp: new Date() }), /`timestamp` of record 1 to be milliseconds .*, found an object$/],
  [record({ timestampType: "create" }), /to be `CREATE_TIME` or `LOG_APPEND_TIME`, found `create`$/],
  [record({ headers: { a: "b" } }), /`headers` of record 1 to be an array of pairs, .*, found an object$/],
  [record({ headers: [["a", 5]] }), /`headers` of record 1 .*found another item in it$/],
  [() => events.msk({ value: 1 }), /the records to be an array of records, found an object$/],
  [() => events.selfManaged(), /the records .*found undefined$/],
  [options({ topc: "a" }), /the options of kafkaEvents to be among `topic`, .*, found `topc`$/, "topic"],
  [options("orders"), /an object of options for kafkaEvents, found a string$/],
  [options({ eventRecordFormat: "json" }), /`eventRecordFormat` of kafkaEvents to be `SOURCE` or `JSON`/],
  [options({ value: { scheme: "" } }), /of kafkaEvents for `value` to be .*, found `scheme`$/, "schema"],
  [options({ key: { compressed: "yes" } }), /`compressed` of kafkaEvents for `key` to be true or false/],
  [() => written(1, { idInHeaders: true }), /the options of written .*found `idInHeaders`$/, "idInHeader"],
  [() => raw(5), /the payload of raw to be a string or a Uint8Array, found 5$/],
  [failure({ destiny: "s3" }), /the options of onFailure to be among `destination`, `condition`, found/],
  [failure({ destination: "S3" }), /`destination` of onFailure to be `s3`, `sqs` or `sns`, found `S3`$/],
  [failure({ condition: "x" }), /`condition` of onFailure to be `RetryAttemptsExhausted` or /],
  [() => onFailure({}), /the event of onFailure to be one of `kafkaEvents`, found an object$/],
];

for (const [make, message, meant] of REFUSED) {
  test(`${message.source}`, () => {
    assert.throws(make, (error) => {
      assert.ok(isDecodeError(error), String(error));
      assert.equal(error.code, "CONFIG_INVALID");
      assert.match(error.message, message);
      const probably = meant === undefined ? "" : `\`${meant}\` is probably meant; `;
      assert.equal(error.hint, `${probably}names and values are those of docs/cookbook.md#testing`);
      return true;
    });
  });
}

test("a configuration that a decoder refuses", () => {
  for (const [config, found] of [
    [{ value: { format: "jsno" } }, /at \$\.value\.format, found `jsno`$/],
    [{ value: { ...json(), framing: "confluant" } }, /at \$\.value\.framing, found `confluant`$/],
    [{ topics: { a: { valu: json() } } }, /at \$\.topics\["a"\], found `valu`$/],
    [{ value: json }, /found a function$/],
  ]) {
    assert.throws(() => kafkaEvents(config), { code: "CONFIG_INVALID", message: found });
  }
});
