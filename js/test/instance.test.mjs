// After a trap: a new instance, the same configuration and schemas.

import assert from "node:assert/strict";
import { test } from "node:test";
import { internals } from "./support/internals.mjs";

const { bindings } = await internals({ bindings: "bind.ts" });

/** A platform whose instances trap on demand and record what they are given. */
function trapping() {
  const made = [];
  class Core {
    constructor(config) {
      this.config = config;
      this.schemas = [];
      made.push(this);
    }
    notice() {
      return 0;
    }
    criteria() {
      return 0;
    }
    addSchema(text) {
      this.schemas.push(JSON.parse(text).reference);
    }
    missingSchemas(event) {
      if (this.dead || event.length === 0) {
        this.dead = true;
        throw event.length === 0 ? new WebAssembly.RuntimeError("unreachable") : new RangeError("stack");
      }
      return '["confluent:1"]';
    }
    free() {
      this.freed = true;
    }
  }
  return {
    made,
    platform: { instantiate: () => ({ Core, memory: new WebAssembly.Memory({ initial: 1 }) }) },
  };
}

test("a trap is one INTERNAL error, and the next call works", () => {
  const { made, platform } = trapping();
  const decoder = bindings.bind(platform).createDecoderSync({ int64: "auto" });
  decoder.addSchema({ reference: "confluent:2", type: "AVRO", schema: '"int"' });
  const good = Buffer.from("{}");
  assert.deepStrictEqual(decoder.missingSchemas(good), ["confluent:1"]);
  assert.throws(() => decoder.missingSchemas(Buffer.alloc(0)), { name: "DecodeError", code: "INTERNAL" });
  assert.deepStrictEqual(decoder.missingSchemas(good), ["confluent:1"]);
  assert.equal(made.length, 2);
  assert.deepStrictEqual(made[1].schemas, ["confluent:2"]);
  assert.equal(made[1].config, made[0].config);
  decoder.dispose();
  assert.ok(made[1].freed);
});
