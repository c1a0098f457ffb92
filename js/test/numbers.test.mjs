// Doubles of JSON documents are the nearest ones, as the engine's own parser finds them, however many digits they have.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kafkalens } from "./support/package.mjs";
import { random } from "./support/random.mjs";

const bits = new DataView(new ArrayBuffer(8));

/** The texts of a double: as it is written, and cut or prolonged. */
function texts(chance) {
  bits.setUint32(0, chance.below(2 ** 32));
  bits.setUint32(4, chance.below(2 ** 32));
  const any = bits.getFloat64(0);
  const usual = (chance.below(2 ** 32) / 2 ** 32) * 10 ** chance.below(9);
  const halfway = `${BigInt(chance.below(2 ** 32)) * 2n ** 22n + 2n ** 53n + 1n}`;
  const digits = `${chance.below(1e9)}${chance.below(1e9)}${chance.below(1e9)}`;
  return [
    String(any),
    String(usual),
    usual.toFixed(chance.below(25) + 1),
    any.toExponential(chance.below(30)),
    `${halfway}.0`,
    `${halfway}.${"0".repeat(chance.below(60))}1`,
    `${halfway.slice(0, -3)}.${halfway.slice(-3)}`,
    `0.${digits}`,
    `${digits.slice(0, chance.below(18) + 1)}.${chance.below(10)}`,
    `${digits}e${chance.below(640) - 345}`,
  ];
}

test("doubles are the nearest ones", () => {
  const chance = random(99);
  const decoder = kafkalens.createDecoderSync({ value: { format: "json" } });
  const list = Array.from({ length: 3000 }, () => texts(chance))
    .flat()
    .map((text) => text.replace("e+", "e"))
    .filter((text) => /^(?:0|[1-9]\d*)(?:\.\d+)?(?:e-?\d+)?$/.test(text) && /[.e]/.test(text))
    .filter((text) => Number.isFinite(Number(text)));
  assert.ok(list.length > 20_000);
  const payload = Buffer.from(`[${list.join(",")},-${list.join(",-")}]`);
  const { value } = decoder.decodePayload(payload);
  const wrong = list.filter((text, i) => {
    return !Object.is(value[i], Number(text)) || !Object.is(value[list.length + i], -Number(text));
  });
  assert.deepStrictEqual(wrong, []);
});
