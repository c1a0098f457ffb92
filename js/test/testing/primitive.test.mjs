// Values that no serializer of Kafka's takes are refused, by an error that doesn't quote them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { folder, kafkalens } from "../support/package.mjs";

const { bytes, createDecoderSync, primitive, text } = kafkalens;
const { kafkaEvents } = await import(pathToFileURL(join(folder, "testing.mjs")).href);

/** Name → a side, and what it doesn't take. */
const REFUSED = {
  int16: [primitive("int16"), [32768, -32769, 1.5, "7", true, NaN, 2n ** 15n]],
  int32: [primitive("int32"), ["abc", 1.7, 2 ** 31, -(2 ** 31) - 1, {}, Infinity]],
  int64: [primitive("int64"), ["abc", 1.5, 2n ** 63n, -(2n ** 63n) - 1n, "", " 1", "0x1", true, []]],
  float: [primitive("float"), ["1", 1e300, -1e300, true, 2n ** 200n]],
  double: [primitive("double"), ["1", "", 2n ** 2000n, {}]],
  uuid: [primitive("uuid"), ["abc", 5, "de0ffae0-8c2c-4279-ac0d-fd96883ba56", `{${"a".repeat(36)}}`]],
  "iso-8859-1": [text({ encoding: "iso-8859-1" }), ["😀", "Ā", { a: 1 }]],
  "utf-8": [text(), [{ id: 1 }, ["a"]]],
  "a Uint8Array": [bytes(), [5, "AAAA", [1]]],
};

for (const [name, [side, values]] of Object.entries(REFUSED)) {
  test(`what ${name} refuses`, () => {
    const events = kafkaEvents({ value: side });
    for (const value of values) {
      const refusal = (error) =>
        error instanceof TypeError &&
        error.message.includes(name) &&
        !(typeof value === "string" && value.length > 2 && error.message.includes(value));
      assert.throws(() => events.msk([{ value }]), refusal, String(value));
    }
  });
}

/** Name → a side, and values as decoders give them or print them, beside what they are decoded to. */
const TAKEN = {
  int16: [
    [-32768, -32768],
    [7n, 7],
  ],
  int64: [
    ["-9223372036854775808", -(2n ** 63n)],
    [2 ** 53, 2n ** 53n],
  ],
  float: [
    [NaN, NaN],
    ["-Infinity", -Infinity],
    [-0, -0],
  ],
  double: [
    ["NaN", NaN],
    [2n ** 63n, 2 ** 63],
  ],
  uuid: [["DE0FFAE0-8C2C-4279-AC0D-FD96883BA56E", "DE0FFAE0-8C2C-4279-AC0D-FD96883BA56E"]],
};

for (const [type, pairs] of Object.entries(TAKEN)) {
  test(`what ${type} takes`, () => {
    const config = { value: primitive(type) };
    const event = kafkaEvents(config).msk(pairs.map(([value]) => ({ value })));
    const decoded = [...createDecoderSync(config).decodeEvent(event)].map(({ value }) => value);
    assert.deepEqual(
      decoded,
      pairs.map(([, value]) => value),
    );
  });
}
