// After a trap: a new instance, the same configuration and schemas.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { base64, event, fails, PAIR, pair } from "./support/events.mjs";
import { internals } from "./support/internals.mjs";
import { folder } from "./support/package.mjs";
import { random } from "./support/random.mjs";

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
  assert.throws(() => decoder.missingSchemas(good), TypeError);
});

/** The package over its real WebAssembly, whose exports trap when a test says so. */
async function trappable(t) {
  const made = { instances: 0, trap: undefined, before: undefined };
  const { Instance } = WebAssembly;
  const { load } = await import(pathToFileURL(join(folder, "slim.mjs")).href);
  const trapping = ([name, held]) => {
    const call = (...args) => {
      if (made.trap !== undefined && name === `core_${made.trap}`) {
        made.trap = undefined;
        throw new WebAssembly.RuntimeError("unreachable");
      }
      made.before?.(name);
      const result = held(...args);
      made.notice = name === "core_notice" ? result / 4 : made.notice;
      return result;
    };
    return [name, typeof held === "function" ? call : held];
  };
  WebAssembly.Instance = class {
    constructor(module, imports) {
      const { exports } = new Instance(module, imports);
      made.instances++;
      made.memory = exports.memory;
      this.exports = Object.fromEntries(Object.entries(exports).map(trapping));
    }
  };
  t.after(() => {
    WebAssembly.Instance = Instance;
  });
  return { made, api: await load(readFileSync(join(folder, "kafkalens_core.wasm"))) };
}

const framed = (id) => ({ value: base64(Buffer.concat([Buffer.from([0, 0, 0, 0, 42]), pair(id, "ab")])) });

test("a trap amid a batch: that call fails, the batch and its decoder go on", async (t) => {
  const { made, api } = await trappable(t);
  const decoder = api.createDecoderSync({ value: { format: "avro", framing: "confluent" } });
  decoder.addSchema({ reference: "confluent:42", type: "AVRO", schema: JSON.stringify(PAIR) });
  const input = event(...Array.from({ length: 600 }, (_, i) => framed(i % 60)));
  const batch = decoder.decodeEvent(input);
  assert.equal(batch[0].value.id, 0n);
  made.trap = "decodeColumns";
  assert.throws(() => batch[300], fails("INTERNAL"));
  assert.equal(made.instances, 2);
  // The schema is known to the new instance, and what was decoded before stays.
  assert.equal(batch[300].value.id, 0n);
  assert.equal(batch[300].valueSchema, "confluent:42");
  assert.equal(batch[5].value.id, 5n);
  assert.equal(batch.stats.ok, 600);
  for (const name of ["decodeEvent", "decodePayload", "missingSchemas", "body", "rawRecords"]) {
    const before = made.instances;
    const use = {
      decodeEvent: () => decoder.decodeEvent({ Records: [{ body: JSON.stringify(input) }] })[1].value.id,
      decodePayload: () => decoder.decodePayload(Buffer.from(framed(1).value, "base64")).value.id,
      missingSchemas: () => BigInt(decoder.missingSchemas(input).length + 1),
      body: () => BigInt(batch[1].body()[0] / 2),
      rawRecords: () =>
        BigInt(decoder.decodeEvent(JSON.stringify(input))[1].idWithSource === batch[1].idWithSource),
    }[name];
    made.trap = name;
    assert.throws(use, fails("INTERNAL"), name);
    assert.equal(use(), 1n, name);
    assert.equal(made.instances, before + 1, name);
  }
});

test("a trap amid a batch of a text", async (t) => {
  const { made, api } = await trappable(t);
  const text = JSON.stringify(event(...Array.from({ length: 600 }, (_, i) => framed(i % 60))));
  for (const name of ["list", "listedContexts", "context", "roomToGather", "gather", "decodeColumns"]) {
    const decoder = api.createDecoderSync({ value: { format: "avro", framing: "confluent" } });
    decoder.addSchema({ reference: "confluent:42", type: "AVRO", schema: JSON.stringify(PAIR) });
    const before = made.instances;
    const batches = [];
    const use = () => {
      batches[0] ??= decoder.decodeEvent(text);
      return batches[0][300].value.id;
    };
    made.trap = name;
    assert.throws(use, fails("INTERNAL"), name);
    assert.equal(use(), 0n, name);
    assert.equal(batches[0].stats.ok, 600, name);
    assert.equal(made.instances, before + 1, name);
    decoder.dispose();
  }
});

test("words of another chunk, or of none, are refused or decoded: no trap", async (t) => {
  const { made, api } = await trappable(t);
  const decoder = api.createDecoderSync({ value: { format: "avro", framing: "confluent" } });
  decoder.addSchema({ reference: "confluent:42", type: "AVRO", schema: JSON.stringify(PAIR) });
  const text = JSON.stringify(event(...Array.from({ length: 40 }, (_, i) => framed(i % 60))));
  const { below, pick } = random(3);
  const numbers = [-(2 ** 31), -4, -3, -2, -1, 0, 1, 4, 16, 1000, 2 ** 20, 2 ** 31 - 1];
  made.before = (name) => {
    if (name === "core_gather") {
      const words = new Int32Array(made.memory.buffer);
      // Where the core has the words of listed records: `Notice.Gather` of src/reader.ts, and 12 of each.
      const at = words[made.notice + 2] / 4;
      for (let i = below(4); i >= 0; i--) {
        words[at + below(40 * 12)] = pick(numbers);
      }
    }
  };
  const ends = { refused: 0, failed: 0, decoded: 0 };
  for (let i = 0; i < 2000; i++) {
    const batch = decoder.decodeEvent(text);
    try {
      ends[batch.stats.failed === 0 ? "decoded" : "failed"]++;
    } catch (error) {
      assert.equal(error.code, "INTERNAL");
      ends.refused++;
    }
  }
  assert.equal(made.instances, 1);
  assert.ok(Math.min(...Object.values(ends)) > 50, JSON.stringify(ends));
});

test("a trap after its decoder is gone", async (t) => {
  const { made, api } = await trappable(t);
  const decoder = api.createDecoderSync({ value: { format: "bytes" } });
  const batch = decoder.decodeEvent(event(...Array.from({ length: 600 }, (_, i) => framed(i % 60))));
  decoder[Symbol.dispose]();
  made.trap = "decodeColumns";
  assert.throws(() => batch[300], fails("INTERNAL"));
  assert.equal(batch[300].value.length, 9);
  assert.equal(made.instances, 2);
});
