// What was probably meant by a misspelt name.

import assert from "node:assert/strict";
import { test } from "node:test";
import { internals } from "./support/internals.mjs";

const { nearest } = await internals({ nearest: "nearest.ts" });

const KNOWN = ["decode", "detect", "guess", "value", "value-reader", "key", "ui"];

for (const [word, meant] of [
  ["decod", "decode"],
  ["decoed", "decode"],
  ["ddecode", "decode"],
  ["dekode", "decode"],
  ["detcet", "detect"],
  ["valeu", "value"],
  ["value_raeder", "value-reader"],
  ["kye", "key"],
  ["guss", "guess"],
  ["Value", "value"],
  ["KEY", "key"],
  ["val", "value"],
  ["gue", "guess"],
  ["de", undefined],
  ["g", undefined],
  ["id", undefined],
  ["x", undefined],
  ["", undefined],
  ["encrypt", undefined],
]) {
  test(`\`${word}\`: ${meant}`, () => assert.equal(nearest.nearest(word, KNOWN), meant));
}
