// kafkaHandler: what comes again, what is passed over, what is told of it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { mock, test } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { z } from "zod";
import { base64, fails, PAIR, pair, partitions } from "./support/events.mjs";
import { folder, kafkalens } from "./support/package.mjs";
import { serve } from "./support/server.mjs";

const { avro, BatchError, createDecoderSync, json, kafkaHandler, text } = kafkalens;
const entry = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
const { confluentRegistry } = await entry("confluent");
const { schemaFolder } = await entry("folder");

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/** As a source throws it that lacks a package. */
const configError = (() => {
  try {
    return createDecoderSync({ limits: { depth: "x" } });
  } catch (error) {
    return error;
  }
})();

const SECRET = "4111-1111-1111-1111";
const GOOD = { value: base64(pair(7, SECRET)) };
/** Its name ends too early. */
const BAD = { value: base64(pair(7, SECRET).subarray(0, 12)) };
const VALUE = avro({ writer: PAIR });
const lists = (sizes) =>
  Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, Array.from({ length: size }, () => GOOD)]),
  );
const item = (partition, offset) => ({ itemIdentifier: { partition, offset } });
const remaining = (milliseconds) => {
  const until = Date.now() + milliseconds;
  return { awsRequestId: "id", getRemainingTimeInMillis: () => until - Date.now() };
};

/** Calls a handler; gives what it returned or threw, the ids of the records it was called with, and what was logged. */
async function invoke(config, event, { handle = () => {}, context = remaining(30_000) } = {}) {
  const seen = [];
  const lines = [];
  const methods = ["log", "info", "warn", "error", "debug"];
  const mocks = methods.map((name) => mock.method(console, name, (...values) => lines.push(values)));
  try {
    const handler = kafkaHandler(config, (record, context) => {
      seen.push(record.id);
      return handle(record, context);
    });
    const outcome = await handler(event, context).then(
      (response) => ({ response }),
      (error) => ({ error }),
    );
    return { ...outcome, seen, lines };
  } finally {
    for (const made of mocks) {
      made.mock.restore();
    }
  }
}

/** The lines as a log shows them hold no payload. */
function assertSafe({ lines, error }) {
  const shown = [
    ...lines.flat(),
    ...(error === undefined ? [] : [error, error.stack, JSON.stringify(error)]),
  ];
  const text = shown
    .map((line) => (typeof line === "string" ? line : inspect(line, { depth: 9 })))
    .join("\n");
  assert.doesNotMatch(text, /4111-1111|NDExMS/);
}

test("all is well", async () => {
  const event = partitions(lists({ "a-0": 2, "b-1": 1 }));
  const { response, seen, lines } = await invoke({ value: VALUE }, event);
  assert.deepStrictEqual(response, { batchItemFailures: [] });
  assert.deepStrictEqual(seen, ["a-0-0", "a-0-1", "b-1-0"]);
  assert.deepStrictEqual(lines, []);
});

const THOUSAND = lists({ "orders-0": 1_000 });
THOUSAND["orders-0"][600] = BAD;

test("a bad record among 999: in a queue, all others are done and it is reported", async () => {
  const outcome = await invoke({ value: VALUE, failures: "report", mode: "queue" }, partitions(THOUSAND));
  assert.equal(outcome.seen.length, 999);
  assert.deepStrictEqual(outcome.response, { batchItemFailures: [item("orders-0", 600)] });
  assert.equal(outcome.lines.length, 1);
  const { hint, message, ...error } = JSON.parse(outcome.lines[0][0]).error;
  assert.deepStrictEqual(error, {
    code: "AVRO_TRUNCATED",
    category: "decode",
    side: "value",
    topic: "orders",
    partition: 0,
    offset: 600,
    path: "$.name",
    byteOffset: 2,
    retryable: false,
  });
  assert.ok(hint.length > 10 && message.length > 10);
  assertSafe(outcome);
});

test("a bad record among 999: passed over, and told of", async () => {
  const skipped = [];
  const skip = (record, error, context) => skipped.push([record.id, error, context.awsRequestId]);
  const outcome = await invoke({ value: VALUE, poison: { skip } }, partitions(THOUSAND));
  assert.equal(outcome.seen.length, 999);
  assert.deepStrictEqual(outcome.response, { batchItemFailures: [] });
  assert.equal(skipped.length, 1);
  const [[id, error, request]] = skipped;
  assert.deepStrictEqual(
    [id, error.code, error.path, error.byteOffset, request],
    ["orders-0-600", "AVRO_TRUNCATED", "$.name", 2, "id"],
  );
  assertSafe(outcome);
});

test("a bad record among 999: a stream is resumed at it", async () => {
  const outcome = await invoke({ value: VALUE, failures: "report" }, partitions(THOUSAND));
  assert.equal(outcome.seen.length, 600);
  assert.deepStrictEqual(outcome.response, { batchItemFailures: [item("orders-0", 600)] });
});

test("a bad record among 999: by default the invocation fails", async () => {
  const outcome = await invoke({ value: VALUE }, partitions(THOUSAND));
  assert.ok(outcome.error instanceof BatchError);
  assert.match(
    outcome.error.message,
    /^1 of 1000 records failed, the first in orders-0 at offset 600: AVRO_TRUNCATED, /,
  );
  assert.equal(outcome.error.retryable, false);
  const [failure] = outcome.error.failures;
  fails("AVRO_TRUNCATED")(failure.error);
  assert.equal(failure.kind, "poison");
  assertSafe(outcome);
});

test("each partition has its own first failure; partitions that have none are done", async () => {
  const all = lists({ "a-0": 4, "a-1": 4, "b-0": 4 });
  all["a-0"][1] = BAD;
  all["a-0"][2] = BAD;
  all["b-0"][3] = BAD;
  const stream = await invoke({ value: VALUE, failures: "report" }, partitions(all));
  assert.deepStrictEqual(stream.response.batchItemFailures, [item("a-0", 1), item("b-0", 3)]);
  assert.equal(stream.seen.length, 1 + 4 + 3);
  const queue = await invoke({ value: VALUE, failures: "report", mode: "queue" }, partitions(all));
  assert.deepStrictEqual(queue.response.batchItemFailures, [item("a-0", 1), item("a-0", 2), item("b-0", 3)]);
  assert.equal(queue.seen.length, 9);
});

test("the response names the event's own keys", async () => {
  const { records } = partitions({ "a-0": [GOOD, BAD] });
  const event = { records: { "odd name": records["a-0"] } };
  const { response } = await invoke({ value: VALUE, failures: "report" }, event);
  assert.deepStrictEqual(response.batchItemFailures, [item("odd name", 1)]);
});

test("a function that throws: the record fails, whatever the policy for poison", async () => {
  const poison = { skip: () => assert.fail("skipped") };
  const handle = ({ offset }) => {
    if (offset === 1) {
      throw Object.assign(new TypeError(`no card ${SECRET}\n    at ${SECRET}:1:1`), { code: "ECONNREFUSED" });
    }
  };
  for (const failures of ["throw", "report"]) {
    const outcome = await invoke({ value: VALUE, poison, failures }, partitions(lists({ "a-0": 3 })), {
      handle,
    });
    assert.deepStrictEqual(outcome.seen, ["a-0-0", "a-0-1"]);
    const { kind, error } = JSON.parse(outcome.lines[0][0]);
    assert.deepStrictEqual([kind, error.name, error.code], ["handler", "TypeError", "ECONNREFUSED"]);
    assert.match(error.stack[0], /handler\.test\.mjs:\d+:\d+/);
    assertSafe(outcome);
    if (failures === "report") {
      assert.deepStrictEqual(outcome.response.batchItemFailures, [item("a-0", 1)]);
    } else {
      assert.match(outcome.error.message, /at offset 1: TypeError was thrown$/);
      assert.match(outcome.error.failures[0].error.message, /no card/);
    }
  }
});

test("an exception that is no Error, and one that hides its kind", async () => {
  for (const thrown of [
    SECRET,
    undefined,
    { name: SECRET },
    Object.assign(new Error(""), { name: SECRET, code: `x ${SECRET}` }),
  ]) {
    const handle = () => Promise.reject(thrown);
    const outcome = await invoke({ value: VALUE }, partitions(lists({ "a-0": 1 })), { handle });
    assert.ok(outcome.error instanceof BatchError);
    assertSafe(outcome);
  }
});

test("an exception whose message and stack are no text", async () => {
  class Odd extends Error {
    message = undefined;
    stack = [SECRET];
  }
  const handle = () => {
    throw new Odd();
  };
  const outcome = await invoke({ value: VALUE, failures: "report" }, partitions(lists({ "a-0": 1 })), {
    handle,
  });
  assert.deepStrictEqual(outcome.response, { batchItemFailures: [item("a-0", 0)] });
  assert.deepStrictEqual(JSON.parse(outcome.lines[0][0]).error, { name: "Error", stack: [] });
  assertSafe(outcome);
});

test("onFailure that fails changes nothing but the log; its promise is waited for", async () => {
  const told = [];
  const later = async (failure) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    told.push(failure.offset);
    throw new Error(SECRET);
  };
  const now = () => {
    throw new Error(SECRET);
  };
  const all = lists({ "a-0": 2, "b-0": 2, "c-0": 2 });
  all["a-0"][0] = BAD;
  for (const onFailure of [later, now]) {
    const config = { value: VALUE, failures: "report", concurrency: 2, onFailure };
    const outcome = await invoke(config, partitions(all));
    assert.deepStrictEqual(outcome.response, { batchItemFailures: [item("a-0", 0)] });
    assert.deepStrictEqual(outcome.seen.sort(), ["b-0-0", "b-0-1", "c-0-0", "c-0-1"]);
    assert.equal(JSON.parse(outcome.lines[0][0]).message, "`onFailure` failed");
    assertSafe(outcome);
  }
  assert.deepStrictEqual(told, [0]);
});

test("more time than a timer can wait", async () => {
  const context = { getRemainingTimeInMillis: () => 2 ** 31 + 5_000 };
  const handle = () => new Promise((resolve) => setTimeout(resolve, 20));
  const outcome = await invoke({ value: VALUE, failures: "report" }, partitions(lists({ "a-0": 2 })), {
    handle,
    context,
  });
  assert.deepStrictEqual(outcome.response, { batchItemFailures: [] });
});

test("what the function returns is let go of", async () => {
  const kept = [];
  const handle = async () => {
    const made = { big: new Array(1000).fill(0) };
    kept.push(new WeakRef(made));
    return made;
  };
  let held;
  await invoke({ value: VALUE }, partitions(lists({ "a-0": 50 })), {
    handle: async () => {
      const made = await handle();
      if (kept.length === 50) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        collect();
        held = kept.filter((ref) => ref.deref() !== undefined).length;
      }
      return made;
    },
  });
  assert.ok(held < 10, `${held} of 50`);
});

test("onFailure has all of it, in the place of the log", async () => {
  const told = [];
  const onFailure = (failure, context) =>
    told.push([failure.kind, failure.error.message, failure.offset, context.awsRequestId]);
  const handle = () => {
    throw new Error("mine");
  };
  const outcome = await invoke({ value: VALUE, onFailure }, partitions(lists({ "a-0": 1 })), { handle });
  assert.deepStrictEqual(told, [["handler", "mine", 0, "id"]]);
  assert.deepStrictEqual(outcome.lines, []);
});

test("a sink takes what the event has", async () => {
  const sunk = [];
  const event = partitions({ "a-0": [{ ...BAD, key: null, headers: [{ h: [104, -1] }] }, GOOD] });
  const config = { value: VALUE, poison: { sink: async (record) => sunk.push(record) } };
  const outcome = await invoke(config, event);
  assert.deepStrictEqual(outcome.seen, ["a-0-1"]);
  const [{ error, ...record }] = JSON.parse(JSON.stringify(sunk));
  assert.equal(error.code, "AVRO_TRUNCATED");
  assert.deepStrictEqual(record, {
    id: "a-0-0",
    topic: "a",
    partition: 0,
    offset: 0,
    timestamp: 1700000000123,
    timestampType: "CREATE_TIME",
    headers: [{ name: "h", value: "aP8=" }],
    key: null,
    value: BAD.value,
  });
});

test("a skip or a sink that throws fails the record", async () => {
  for (const name of ["skip", "sink"]) {
    const poison = { [name]: () => Promise.reject(new Error("queue is down")) };
    const config = { value: VALUE, poison, failures: "report" };
    const outcome = await invoke(config, partitions({ "a-0": [GOOD, BAD, GOOD] }));
    assert.deepStrictEqual(outcome.response.batchItemFailures, [item("a-0", 1)]);
    assert.equal(JSON.parse(outcome.lines[0][0]).kind, "handler");
  }
});

const framed = (id) => ({ value: base64(Buffer.concat([Buffer.from([0, 0, 0, 0, id]), pair(1, "ab")])) });
const registered = (url, more) => ({
  value: avro({ framing: "confluent" }),
  schemas: confluentRegistry({ url, retries: 0, timeout: 500 }),
  ...more,
});

test("a registry that is down: the invocation fails before any record, and nothing is passed over", async (t) => {
  const closed = createServer();
  closed.listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address();
  await new Promise((resolve) => closed.close(resolve));
  const statuses = [401, 403, 429, 500, 503];
  const servers = await Promise.all(statuses.map((status) => serve(t, () => ({ status }))));
  const urls = [
    `http://127.0.0.1:${port}`,
    ...servers.map(({ url }) => url),
    (await serve(t, () => ({ hang: true }))).url,
  ];
  for (const url of urls) {
    for (const failures of ["throw", "report"]) {
      for (const mode of ["stream", "queue"]) {
        const poison = { skip: () => assert.fail("skipped") };
        const event = partitions({ "a-0": [{ value: null }, framed(1)], "b-0": [framed(1)] });
        const outcome = await invoke(registered(url, { failures, mode, poison }), event);
        assert.ok(outcome.error instanceof BatchError, url);
        assert.equal(outcome.error.retryable, true);
        assert.match(outcome.error.failures[0].error.code, /^SOURCE_/);
        assert.equal(outcome.error.failures[0].kind, "setup");
        assert.deepStrictEqual(outcome.seen, []);
      }
    }
  }
});

test("a registry that is back: the next invocation has it", async (t) => {
  let up = false;
  const { url } = await serve(t, () => (up ? { body: { schema: JSON.stringify(PAIR) } } : { status: 503 }));
  const seen = [];
  const handler = kafkaHandler(registered(url, { onFailure: () => {} }), (record) =>
    seen.push(record.value.name),
  );
  const event = partitions({ "a-0": [framed(1)] });
  await assert.rejects(handler(event), BatchError);
  up = true;
  assert.deepStrictEqual(await handler(event), { batchItemFailures: [] });
  assert.deepStrictEqual(seen, ["ab"]);
});

test("an id that the registry doesn't know is poison", async (t) => {
  const { url } = await serve(t, (path) =>
    path.includes("/1")
      ? { body: { schema: JSON.stringify(PAIR) } }
      : { status: 404, body: { error_code: 40403 } },
  );
  const skipped = [];
  const poison = { skip: (_, error) => skipped.push(error.code) };
  const { seen } = await invoke(
    registered(url, { poison }),
    partitions({ "a-0": [framed(1), framed(2), framed(1)] }),
  );
  assert.deepStrictEqual(skipped, ["SOURCE_NOT_FOUND"]);
  assert.deepStrictEqual(seen, ["a-0-0", "a-0-2"]);
});

test("what is wrong with the configuration is never passed over", async (t) => {
  const page = await serve(t, () => ({ body: "<html>", headers: { "content-type": "text/html" } }));
  const refusing = await Promise.all([400, 410, 418].map((status) => serve(t, () => ({ status }))));
  const poison = { skip: () => assert.fail("skipped") };
  const value = avro({ framing: "confluent" });
  const failing = (schemas) => ({ value, schemas });
  for (const config of [
    { value },
    ...[page, ...refusing].map(({ url }) => registered(url)),
    failing(schemaFolder("/nonexistent/typo")),
    failing({
      fetch: async () => {
        throw configError;
      },
    }),
  ]) {
    const outcome = await invoke(
      { ...config, poison, failures: "report" },
      partitions({ "a-0": [framed(1)] }),
    );
    assert.deepStrictEqual(outcome.response.batchItemFailures, [item("a-0", 0)]);
    assert.equal(JSON.parse(outcome.lines[0][0]).kind, "setup");
  }
});

test("a retryable error that the function meets fails the invocation", async () => {
  const handle = () => {
    throw new kafkalens.DecodeError({
      code: "SOURCE_TIMEOUT",
      category: "source",
      message: "x",
      retryable: true,
    });
  };
  const { error } = await invoke({ value: VALUE, failures: "report" }, partitions(lists({ "a-0": 2 })), {
    handle,
  });
  assert.ok(error instanceof BatchError);
  assert.equal(error.retryable, true);
});

test("time runs out: what is left comes again", async () => {
  const all = partitions(lists({ "a-0": 5, "b-0": 5, "c-0": 5 }));
  const handle = async ({ topic, offset }) => {
    const slow = topic === "b" && offset === 2;
    await new Promise((resolve) => setTimeout(resolve, slow ? 400 : 1));
  };
  const config = { value: VALUE, failures: "report", deadlineMargin: 50 };
  const stream = await invoke(config, all, { handle, context: remaining(250) });
  assert.deepStrictEqual(stream.response.batchItemFailures, [item("b-0", 2), item("c-0", 0)]);
  assert.deepStrictEqual(
    stream.lines.map(([line]) => JSON.parse(line).kind),
    ["deadline", "deadline"],
  );
  const queue = await invoke({ ...config, mode: "queue" }, all, { handle, context: remaining(250) });
  const left = [2, 3, 4].map((offset) => item("b-0", offset));
  assert.deepStrictEqual(queue.response.batchItemFailures, [
    ...left,
    ...[0, 1, 2, 3, 4].map((offset) => item("c-0", offset)),
  ]);
  const thrown = await invoke({ ...config, failures: "throw" }, all, { handle, context: remaining(250) });
  assert.match(
    thrown.error.message,
    /^1 of 15 records failed, the first in b-0 at offset 2: no time was left$/,
  );
  assert.equal(thrown.error.retryable, true);
});

test("the function is told when time is up, also where it holds the thread", async () => {
  const aborted = [];
  const handle = (_, { signal }) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve(aborted.push(1))));
  const config = { value: VALUE, failures: "report", deadlineMargin: 10 };
  await invoke(config, partitions(lists({ "a-0": 1 })), { handle, context: remaining(60) });
  assert.deepStrictEqual(aborted, [1]);
  const busy = () => {
    const until = Date.now() + 80;
    while (Date.now() < until);
  };
  const { response } = await invoke(config, partitions(lists({ "a-0": 3 })), {
    handle: busy,
    context: remaining(60),
  });
  assert.deepStrictEqual(response.batchItemFailures, [item("a-0", 1)]);
});

test("a registry that hangs does not outlast the deadline", async (t) => {
  const { url } = await serve(t, () => ({ hang: true }));
  const started = Date.now();
  const config = {
    ...registered(url),
    schemas: confluentRegistry({ url, timeout: 20_000 }),
    failures: "report",
    deadlineMargin: 10,
  };
  const { response } = await invoke(config, partitions({ "a-0": [framed(1), framed(1)] }), {
    context: remaining(150),
  });
  assert.deepStrictEqual(response.batchItemFailures, [item("a-0", 0)]);
  assert.ok(Date.now() - started < 2_000);
});

test("without a context there is no deadline", async () => {
  const handler = kafkaHandler({ value: VALUE }, (_, context) => assert.equal(context.signal.aborted, false));
  assert.deepStrictEqual(await handler(partitions(lists({ "a-0": 2 }))), { batchItemFailures: [] });
});

test("the context is Lambda's own, with a signal", async () => {
  const handle = (_, context) => {
    assert.equal({ ...context }.awsRequestId, "id");
    assert.ok(context.getRemainingTimeInMillis() > 0);
    assert.ok(context.signal instanceof AbortSignal);
  };
  assert.ok((await invoke({ value: VALUE }, partitions(lists({ "a-0": 1 })), { handle })).response);
});

for (const [mode, concurrency, most] of [
  ["stream", 1, 1],
  ["stream", 2, 2],
  ["stream", 9, 3],
  ["queue", 4, 4],
]) {
  test(`${mode}, ${concurrency} at a time`, async () => {
    const running = new Set();
    const order = {};
    let max = 0;
    const handle = async ({ id, topic, offset }) => {
      running.add(id);
      max = Math.max(max, running.size);
      if (mode === "stream") {
        assert.equal([...running].filter((other) => other.startsWith(`${topic}-`)).length, 1);
      }
      await new Promise((resolve) => setTimeout(resolve, (offset * 7) % 5));
      running.delete(id);
      order[topic] = [...(order[topic] ?? []), offset];
    };
    const config = { value: VALUE, mode, concurrency };
    const { seen, error } = await invoke(config, partitions(lists({ "a-0": 6, "b-0": 6, "c-0": 6 })), {
      handle,
    });
    assert.equal(error, undefined);
    assert.equal(seen.length, 18);
    assert.equal(max, most);
    if (mode === "stream") {
      assert.deepStrictEqual(order, { a: [0, 1, 2, 3, 4, 5], b: [0, 1, 2, 3, 4, 5], c: [0, 1, 2, 3, 4, 5] });
    }
  });
}

test("a side without a configuration is read only when the function asks for it", async () => {
  const binary = { key: base64([0xff]), ...GOOD };
  assert.ok((await invoke({ value: VALUE }, partitions({ "a-0": [binary] }))).response);
  const skipped = [];
  const poison = { skip: (_, error) => skipped.push([error.code, error.side]) };
  const handle = (record) => record.key;
  const asked = await invoke({ value: VALUE, poison }, partitions({ "a-0": [binary] }), { handle });
  assert.ok(asked.response);
  const configured = await invoke({ key: text(), value: VALUE, poison }, partitions({ "a-0": [binary] }));
  assert.deepStrictEqual(configured.seen, []);
  assert.deepStrictEqual(skipped, [
    ["TEXT_ENCODING", "key"],
    ["TEXT_ENCODING", "key"],
  ]);
});

test("outputs are waited for, and what they refuse is poison", async () => {
  const output = z.object({ id: z.number() }).refine(async ({ id }) => id !== 2);
  const values = [1, 2, 3].map((id) => ({ value: base64(JSON.stringify({ id, card: SECRET })) }));
  const seen = [];
  const skipped = [];
  const poison = { skip: (_, error) => skipped.push([error.code, error.offset]) };
  const handle = ({ value }) => seen.push(value);
  const outcome = await invoke({ value: json({ output }), poison }, partitions({ "a-0": values }), {
    handle,
  });
  assert.deepStrictEqual(outcome.response, { batchItemFailures: [] });
  assert.deepStrictEqual(seen, [{ id: 1 }, { id: 3 }]);
  assert.deepStrictEqual(skipped, [["OUTPUT_INVALID", 1]]);
});

test("a record that no response can name fails the invocation", async () => {
  const { records } = partitions({ "a-0": [GOOD] });
  const event = { records: { "a-0": [...records["a-0"], "no record"] } };
  assert.ok((await invoke({ value: VALUE, failures: "report" }, event)).error instanceof BatchError);
});

test("a record whose shape is broken is refused whatever is configured", async () => {
  const [good] = partitions({ "a-0": [GOOD] }).records["a-0"];
  const { offset: _, ...bad } = good;
  const seen = [];
  const handle = ({ id }) => seen.push(id);
  const outcome = await invoke({ failures: "report" }, { records: { "a-0": [good, bad] } }, { handle });
  assert.deepStrictEqual(seen, ["a-0-0"]);
  assert.ok(outcome.error instanceof BatchError);
});

test("what is no event, and what is no configuration", async () => {
  fails("EVENT_SHAPE")((await invoke({}, { Records: [] })).error);
  // When it is made, not when it is first called.
  assert.throws(() => kafkaHandler({ value: { format: "arvo" } }, () => {}), fails("CONFIG_INVALID"));
  assert.throws(() => kafkaHandler({ failure: "report" }, () => {}), {
    hint: /lambda\.md such as `failures`/,
  });
  assert.throws(() => kafkaHandler({ failures: "both" }, () => {}), {
    message: /"throw" or "report" at \$\.failures/,
  });
  for (const [config, handle] of [[{}], [undefined, () => {}], [() => {}, {}], [() => {}, () => {}]]) {
    assert.throws(() => kafkaHandler(config, handle), fails("CONFIG_INVALID"));
  }
  for (const config of [
    { failures: "both" },
    { mode: "topic" },
    { poison: "skip" },
    { poison: { skip: () => {}, sink: () => {} } },
    { concurrency: 0 },
    { deadlineMargin: -1 },
    { onFailure: "log" },
  ]) {
    assert.throws(() => kafkaHandler(config, () => {}), fails("CONFIG_INVALID"));
  }
});

test("an event without records, and an object that is no event, are told alike by handlers and decoders", async () => {
  const decoder = createDecoderSync({ value: VALUE });
  for (const records of [{}, null, { "a-0": [] }, { "a-0": null }]) {
    for (const event of [{ records }, JSON.stringify({ records })]) {
      assert.deepStrictEqual((await invoke({ value: VALUE }, event)).response, { batchItemFailures: [] });
      assert.equal(decoder.decodeEvent(event).length, 0);
      assert.equal(decoder.decodeEventJson(event), '{"records":[]}');
    }
  }
  for (const event of [{}, "{}", { eventSource: "aws:kafka" }]) {
    fails("EVENT_SHAPE")((await invoke({ value: VALUE }, event)).error);
    assert.throws(() => decoder.decodeEvent(event), fails("EVENT_SHAPE"));
    assert.throws(() => decoder.decodeEventJson(event), fails("EVENT_SHAPE"));
  }
});

test("a batch that is larger than what is kept", async () => {
  const all = lists({ "a-0": 3_000, "a-1": 3_000 });
  all["a-1"][2_500] = BAD;
  const outcome = await invoke({ value: VALUE, failures: "report", concurrency: 2 }, partitions(all));
  assert.deepStrictEqual(outcome.response.batchItemFailures, [item("a-1", 2_500)]);
  assert.equal(outcome.seen.length, 5_500);
});
