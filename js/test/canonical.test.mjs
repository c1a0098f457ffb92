// canonicalJson and stringify.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseExact } from "./support/exact.mjs";
import { kafkalens } from "./support/package.mjs";

const { canonicalJson, stringify } = kafkalens;

test("integers beyond 2^53, negative zero, bytes and non-finite numbers keep what they are", () => {
  const value = { b: 2n ** 63n - 1n, a: [-0, Number.NaN, Number.NEGATIVE_INFINITY], c: Uint8Array.of(1, 2) };
  assert.equal(stringify(value), '{"b":9223372036854775807,"a":[-0,"NaN","-Infinity"],"c":"AQI="}');
  assert.equal(canonicalJson(value), '{"a":[-0,"NaN","-Infinity"],"b":9223372036854775807,"c":"AQI="}');
});

test("names are sorted by UTF-16 code units, as RFC 8785 has it", () => {
  const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, 1: 4, "\ud83d\ude00": 5, "\u0080": 6, ö: 7 };
  assert.equal(canonicalJson(value), '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
});

test("numbers are ECMAScript's, and the text of a number has its canonical form", () => {
  for (const value of [0, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 2 ** 60, 0.1, 333333333.3333333]) {
    const text = canonicalJson(value);
    assert.equal(text, String(value));
    assert.equal(canonicalJson(parseExact(text)), text);
  }
});

test("otherwise as JSON.stringify", () => {
  const values = [
    null,
    true,
    'a\u2028\ud800"',
    [undefined, 1],
    { a: undefined, b: () => 1, c: "c" },
    new Date(0),
    JSON.parse('{"__proto__":1,"toJSON":2}'),
    undefined,
  ];
  for (const value of values) {
    assert.equal(stringify(value), JSON.stringify(value) ?? "null");
  }
});
