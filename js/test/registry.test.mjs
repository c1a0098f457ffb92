// Registry clients, against servers that answer well, late, wrongly or not at all.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { folder, kafkalens } from "./support/package.mjs";
import { serve } from "./support/server.mjs";

const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
const { confluentRegistry } = await load("confluent");
const { apicurioRegistry } = await load("apicurio");
const { glueRegistry } = await loadBesideSdk("glue");
const { schemaFolder } = await load("folder");
const { createDecoder, createDecoderSync, DecodeError, isDecodeError } = kafkalens;

/** A module of the package where the SDK can be found: a copy among this folder's own node_modules. */
async function loadBesideSdk(name) {
  const place = fileURLToPath(new URL("../node_modules/.kafkalens-test", import.meta.url));
  mkdirSync(place, { recursive: true });
  cpSync(join(folder, `${name}.mjs`), join(place, `${name}.mjs`));
  return import(pathToFileURL(join(place, `${name}.mjs`)).href);
}

const ORDER = JSON.stringify({ type: "record", name: "Order", fields: [{ name: "id", type: "long" }] });
const UUID = "89791762-2336-4186-9674-299b90a802e2";
const QUICK = { pause: 1, timeout: 2_000 };

/** The error that a promise is rejected with: a coded one, whose text tells no secret. */
async function refused(promise, code, retryable) {
  const error = await promise.then(
    () => assert.fail(`expected ${code}, found a schema`),
    (thrown) => thrown,
  );
  assert.ok(isDecodeError(error), String(error));
  assert.ok(error instanceof DecodeError);
  assert.equal(error.code, code, error.message);
  assert.equal(error.category, "source");
  assert.equal(error.retryable, retryable, error.code);
  const whole = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
  assert.doesNotMatch(whole, /hunter2|s3cret/);
  return error;
}

const bytes = (value) => Buffer.from(value).toString("base64");
const event = (...values) => ({
  records: {
    "t-0": values.map((value, offset) => ({ topic: "t", partition: 0, offset, value: bytes(value) })),
  },
});
const framed = (id, body = [84]) => [0, 0, 0, 0, id, ...body];

test("confluent: an id with its references, each after its own, fetched once", async (t) => {
  const schemas = {
    "/schemas/ids/7": { schema: ORDER, references: [{ name: "b", subject: "s/b", version: 2 }] },
    "/subjects/s%2Fb/versions/2": {
      schema: "B",
      references: [
        { name: "c", subject: "c", version: 1 },
        { name: "b", subject: "s/b", version: 2 },
      ],
    },
    "/subjects/c/versions/1": { schema: "C" },
  };
  const { url, requests } = await serve(t, (path) => ({ body: schemas[path], wait: 20 }));
  const source = confluentRegistry({ url: `${url}/`, ...QUICK });
  const found = await Promise.all([1, 2, 3].map(() => source.fetch("confluent:7")));
  const references = [
    { name: "c", schema: "C" },
    { name: "b", schema: "B" },
  ];
  assert.deepStrictEqual(found[0], { reference: "confluent:7", type: "AVRO", schema: ORDER, references });
  assert.equal(found[0], found[2]);
  await source.fetch("confluent:7");
  assert.equal(requests.length, 3);
  assert.match(requests[0].headers.accept, /vnd\.schemaregistry\.v1\+json/);
});

test("confluent: guid, subject and version, context, deleted, subjects", async (t) => {
  const { url, requests } = await serve(t, (path) => ({
    body: /versions$/.test(path) ? [3, 1, 2] : { schema: '"int"', deleted: true, id: 5 },
  }));
  const source = confluentRegistry({ url: `${url}/base`, context: ".eu", ...QUICK });
  assert.equal((await source.fetch(`guid:${UUID}`)).status, "DELETED");
  await source.fetch("subject::.eu:a/b/12");
  await source.fetch("eu/confluent:9");
  assert.deepStrictEqual(await source.versions(source.subject({ topic: "t", side: "key" })), [1, 2, 3]);
  assert.equal((await source.latest("x")).reference, "confluent:5");
  assert.deepStrictEqual(
    requests.map(({ path }) => path),
    [
      `/base/schemas/guids/${UUID}`,
      "/base/subjects/%3A.eu%3Aa%2Fb/versions/12",
      "/base/schemas/ids/9?subject=%3A.eu%3A",
      "/base/subjects/%3A.eu%3At-key/versions",
      "/base/subjects/x/versions/latest",
    ],
  );
});

test("confluent: what a schema of a context refers to is of that context", async (t) => {
  const references = [
    { name: "b", subject: "b", version: 1 },
    { name: "c", subject: ":.us:c", version: 2 },
  ];
  const { url, requests } = await serve(t, (path) => ({
    body: { schema: '"int"', ...(path.includes("/ids/") ? { references } : {}) },
  }));
  await confluentRegistry({ url, context: ".staging", ...QUICK }).fetch("confluent:1");
  assert.deepStrictEqual(
    requests.map(({ path }) => path),
    [
      "/schemas/ids/1?subject=%3A.staging%3A",
      "/subjects/%3A.staging%3Ab/versions/1",
      "/subjects/%3A.us%3Ac/versions/2",
    ],
  );
});

test("confluent: subject naming", () => {
  const subject = (subjectNaming, context) =>
    confluentRegistry({ url: "http://localhost", subjectNaming }).subject({
      topic: "t",
      side: "value",
      ...context,
    });
  assert.equal(subject(undefined), "t-value");
  assert.equal(subject("record", { record: "a.B" }), "a.B");
  assert.equal(subject("topic-record", { record: "a.B" }), "t-a.B");
  assert.equal(
    subject(({ topic, side }) => `${side}.${topic}`),
    "value.t",
  );
  assert.throws(() => subject("record"), { code: "CONFIG_INVALID" });
});

test("confluent: basic and bearer authentication, more headers, the caller's fetch", async (t) => {
  const { url, requests } = await serve(t, () => ({ body: { schema: '"int"' } }));
  const address = url.replace("//", "//us%40er:hunter2@");
  let calls = 0;
  const own = (...args) => {
    calls++;
    return fetch(...args);
  };
  const headers = { "target-sr-cluster": "lsrc-1" };
  for (const options of [
    { url: address },
    { url, auth: { username: "us@er", password: "hunter2" }, headers, fetch: own },
    { url, auth: { token: "s3cret" } },
    { url, auth: { token: async () => "s3cret2" } },
  ]) {
    await confluentRegistry({ ...options, ...QUICK }).fetch("confluent:1");
  }
  const basic = `Basic ${bytes("us@er:hunter2")}`;
  assert.deepStrictEqual(
    requests.map(({ headers }) => headers.authorization),
    [basic, basic, "Bearer s3cret", "Bearer s3cret2"],
  );
  assert.equal(requests[1].headers["target-sr-cluster"], "lsrc-1");
  assert.equal(calls, 1);
});

test("confluent: what is refused, and whether trying again may help", async (t) => {
  const json = (status, error_code) => ({ status, body: { error_code, message: "user:hunter2" } });
  const cases = [
    [json(401, 401), "SOURCE_UNAUTHORIZED", true, 1],
    [json(403, 40301), "SOURCE_FORBIDDEN", true, 1],
    [{ status: 403, body: "<html>" }, "SOURCE_FORBIDDEN", true, 1],
    [json(404, 40403), "SOURCE_NOT_FOUND", false, 1],
    [json(404, 40406), "SOURCE_NOT_FOUND", false, 1],
    [{ status: 404, body: "<html>no such page</html>" }, "SOURCE_NOT_REGISTRY", false, 1],
    [{ status: 404, body: { message: "Not Found" } }, "SOURCE_NOT_REGISTRY", false, 1],
    [{ body: "<html>please log in</html>" }, "SOURCE_NOT_REGISTRY", false, 1],
    [{ body: { page: 1 } }, "SOURCE_NOT_REGISTRY", false, 1],
    [{ body: "null" }, "SOURCE_NOT_REGISTRY", false, 1],
    [{ body: { schema: "{}", schemaType: "XML" } }, "SOURCE_UNSUPPORTED", false, 1],
    [json(422, 42202), "SOURCE_FAILED", false, 1],
    [json(429, 42901), "SOURCE_UNAVAILABLE", true, 3],
    [json(500, 50001), "SOURCE_UNAVAILABLE", true, 3],
    [{ status: 503, body: "<html>" }, "SOURCE_UNAVAILABLE", true, 3],
  ];
  for (const [answer, code, retryable, attempts] of cases) {
    const { url, requests } = await serve(t, () => answer);
    const auth = { username: "user", password: "hunter2" };
    const error = await refused(
      confluentRegistry({ url, auth, ...QUICK }).fetch("confluent:1"),
      code,
      retryable,
    );
    assert.equal(requests.length, attempts, code);
    assert.match(error.message, /^expected the schema confluent:1.*, found /);
  }
});

test("confluent: a failure that passes is tried again; Retry-After is heeded", async (t) => {
  const { url, requests } = await serve(t, (_path, _headers, count) =>
    count < 3 ? { status: 429, headers: { "retry-after": "0.05" } } : { body: { schema: '"int"' } },
  );
  const start = performance.now();
  assert.equal((await confluentRegistry({ url, ...QUICK }).fetch("confluent:1")).schema, '"int"');
  assert.ok(performance.now() - start >= 95);
  assert.equal(requests.length, 3);
});

test("confluent: no answer, no server, a line that breaks", async (t) => {
  const { url } = await serve(t, () => ({ hang: true }));
  const late = await refused(
    confluentRegistry({ url, timeout: 50, retries: 1, pause: 1 }).fetch("confluent:1"),
    "SOURCE_TIMEOUT",
    true,
  );
  assert.match(late.message, /no answer in 50 ms/);
  assert.match(late.hint, /route/);
  const broken = createServer((socket) => socket.destroy());
  await new Promise((resolve) => broken.listen(0, "127.0.0.1", resolve));
  const at = `http://user:hunter2@127.0.0.1:${broken.address().port}`;
  await refused(confluentRegistry({ url: at, ...QUICK }).fetch("confluent:1"), "SOURCE_UNAVAILABLE", true);
  await new Promise((resolve) => broken.close(resolve));
  const down = confluentRegistry({ url: at, ...QUICK }).fetch("confluent:1");
  assert.match((await refused(down, "SOURCE_UNAVAILABLE", true)).message, /ECONNREFUSED/);
  // A token that is no header's value: the platform's own error would quote it.
  const odd = confluentRegistry({ url, auth: { token: "s3cret\nX: y" }, ...QUICK });
  await refused(odd.fetch("confluent:1"), "SOURCE_UNAUTHORIZED", true);
  const token = () => Promise.reject(new Error("s3cret"));
  const none = confluentRegistry({ url, auth: { token }, ...QUICK });
  await refused(none.fetch("confluent:1"), "SOURCE_UNAUTHORIZED", true);
});

test("an attempt ends in time where a fetch of the caller's own doesn't heed the signal", async (t) => {
  const unhandled = [];
  const keep = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", keep);
  t.after(() => process.off("unhandledRejection", keep));
  const options = { url: "http://localhost", timeout: 30, retries: 1, pause: 1 };
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  let dropped = 0;
  const stuck = () =>
    new Response(new ReadableStream({ pull: () => new Promise(() => {}), cancel: () => dropped++ }));
  const later = (outcome) => new Promise((resolve) => setTimeout(resolve, 60)).then(outcome);
  for (const own of [
    () => new Promise(() => {}),
    () => later(() => Promise.reject(new Error("s3cret"))),
    () => later(stuck),
    stuck,
  ]) {
    const source = confluentRegistry({ ...options, fetch: async () => own() });
    const error = await refused(source.fetch("confluent:1"), "SOURCE_TIMEOUT", true);
    assert.match(error.message, /no answer in 30 ms/);
  }
  const auth = { token: () => new Promise(() => {}) };
  await refused(confluentRegistry({ ...options, auth }).fetch("confluent:1"), "SOURCE_UNAUTHORIZED", true);
  await later(() => {});
  assert.deepStrictEqual(unhandled, []);
  assert.equal(dropped, 4);
  assert.equal(timers(), before);
});

test("an address that is none is refused without being quoted", () => {
  for (const url of ["", "user:hunter2@host", "ftp://hunter2@host", "http://", "http://a:%hunter2@host"]) {
    assert.throws(
      () => confluentRegistry({ url }),
      (error) => error.code === "CONFIG_INVALID" && !/hunter2/.test(`${error.stack} ${error.cause}`),
    );
  }
});

test("a miss is kept for a moment, a failure is not", async (t) => {
  let answer = { status: 404, body: { error_code: 40403 } };
  const { url, requests } = await serve(t, () => answer);
  const source = confluentRegistry({ url, missFor: 60, retries: 0 });
  await refused(source.fetch("confluent:1"), "SOURCE_NOT_FOUND", false);
  await refused(source.fetch("confluent:1"), "SOURCE_NOT_FOUND", false);
  assert.equal(requests.length, 1);
  await new Promise((resolve) => setTimeout(resolve, 80));
  answer = { status: 500 };
  await refused(source.fetch("confluent:1"), "SOURCE_UNAVAILABLE", true);
  answer = { body: { schema: '"int"' } };
  assert.equal((await source.fetch("confluent:1")).schema, '"int"');
  assert.equal(requests.length, 3);
});

test("no more requests at once than allowed", async (t) => {
  let now = 0;
  let most = 0;
  let all;
  const together = new Promise((resolve) => {
    all = resolve;
  });
  const { url, requests } = await serve(t, async (path) => {
    most = Math.max(most, ++now);
    // However slow the machine is, the first ones are under way at once.
    if (now === 3) {
      all();
    }
    await together;
    await new Promise((resolve) => setTimeout(resolve, 5));
    now--;
    const names = path.endsWith("/99") ? Array.from({ length: 10 }, (_, i) => `r${i}`) : [];
    const references = names.map((name) => ({ name, subject: name, version: 1 }));
    return { body: { schema: '"int"', references } };
  });
  const source = confluentRegistry({ url, parallel: 3 });
  await Promise.all([
    ...Array.from({ length: 15 }, (_, id) => source.fetch(`confluent:${id}`)),
    source.fetch("confluent:99"),
    source.latest("x"),
  ]);
  assert.equal(requests.length, 15 + 1 + 10 + 1);
  assert.equal(most, 3);
});

test("confluent: Protobuf comes as descriptors, its imports before it", async (t) => {
  const text = (value) => [value.length, ...Buffer.from(value)];
  const field = (tag, value) => [tag, value.length, ...value];
  // item.proto: message Item { int32 id = 1; }   order.proto: import "item.proto"; message Order { Item item = 1; }
  const id = [0x0a, ...text("id"), 0x18, 1, 0x20, 1, 0x28, 5];
  const item = [
    0x0a,
    ...text("default"),
    ...field(0x22, [0x0a, ...text("Item"), ...field(0x12, id)]),
    0x62,
    ...text("proto3"),
  ];
  const of = [0x0a, ...text("item"), 0x18, 1, 0x20, 1, 0x28, 11, 0x32, ...text(".Item")];
  const order = [
    ...[0x0a, ...text("default"), 0x1a, ...text("item.proto")],
    ...[...field(0x22, [0x0a, ...text("Order"), ...field(0x12, of)]), 0x62, ...text("proto3")],
  ];
  const references = [{ name: "item.proto", subject: "item", version: 1 }];
  const schemaType = "PROTOBUF";
  const answers = {
    "/schemas/ids/3": { schema: "message Order {}", schemaType, references },
    "/schemas/ids/3?format=serialized": { schema: bytes(order), schemaType, references },
    "/subjects/item/versions/1?format=serialized": { schema: bytes(item), schemaType },
    "/subjects/item/versions/1": { schema: "item;text", schemaType },
  };
  const { url } = await serve(t, (path) => ({ body: answers[path] }));
  const schemas = confluentRegistry({ url, ...QUICK });
  const decoder = await createDecoder({ value: { format: "protobuf", framing: "confluent" }, schemas });
  const [{ value }] = await decoder.decode(event(framed(3, [0, 0x0a, 2, 0x08, 42])));
  assert.deepStrictEqual(value, { item: { id: 42 } });
  // A registry that doesn't know the format gives source text: it is passed on with its imports.
  answers["/schemas/ids/3?format=serialized"] = answers["/schemas/ids/3"];
  const document = await confluentRegistry({ url, ...QUICK }).fetch("confluent:3");
  assert.deepStrictEqual(document, {
    reference: "confluent:3",
    type: schemaType,
    schema: "message Order {}",
    references: [{ name: "item.proto", schema: "item;text" }],
  });
});

test("a decoder: one schema that can't be had touches no other record, and comes when it is there", async (t) => {
  let found = false;
  const { url, requests } = await serve(t, (path) =>
    path.endsWith("/1") || found ? { body: { schema: ORDER } } : { status: 503 },
  );
  const schemas = confluentRegistry({ url, ...QUICK, retries: 0 });
  const decoder = await createDecoder({ value: { format: "avro", framing: "confluent" }, schemas });
  const input = event(framed(1), framed(2), framed(1));
  const batch = await decoder.decode(input);
  assert.deepStrictEqual(batch[0].value, { id: 42n });
  assert.deepStrictEqual(batch[2].value, { id: 42n });
  const { error } = batch[1].valueResult;
  const { code, category, side, topic, partition, offset, retryable } = error;
  assert.deepStrictEqual(
    { code, category, side, topic, partition, offset, retryable },
    {
      code: "SOURCE_UNAVAILABLE",
      category: "source",
      side: "value",
      topic: "t",
      partition: 0,
      offset: 1,
      retryable: true,
    },
  );
  assert.match(
    error.message,
    /^expected the schema confluent:2 from the Confluent schema registry at 127\.0\.0\.1/,
  );
  assert.equal(JSON.parse(decoder.decodeEventJson(input)).records[1].value.error.code, "SOURCE_UNAVAILABLE");
  assert.deepStrictEqual(decoder.missingSchemas(input), ["confluent:2"]);
  found = true;
  assert.equal((await decoder.decode(input)).stats.ok, 3);
  assert.equal(requests.length, 3);
});

test("a source of ten lines: its own failures have a code, and its secrets stay its own", async () => {
  const value = { format: "avro", framing: "confluent" };
  const thrown = Object.assign(new Error("s3cret"), { cause: { code: "ENOTFOUND" } });
  const answers = {
    "confluent:1": async () => ({ reference: "confluent:1", type: "AVRO", schema: ORDER }),
    "confluent:2": () => Promise.reject(thrown),
    "confluent:3": async () => ({ reference: "confluent:1", type: "AVRO", schema: ORDER }),
    "confluent:4": async () => undefined,
    "confluent:5": async () => ({ reference: "confluent:5", type: "AVRO", schema: "x".repeat(2_000_000) }),
    "confluent:6": () => {
      throw "s3cret";
    },
  };
  const schemas = { fetch: (reference) => answers[reference]() };
  const decoder = await createDecoder({ value, schemas });
  const batch = await decoder.decode(event(...[1, 2, 3, 4, 5, 6].map((id) => framed(id))));
  const results = batch
    .toJSON()
    .records.map(({ value }) => value.error && [value.error.code, value.error.retryable]);
  assert.deepStrictEqual(results, [
    undefined,
    ["SOURCE_FAILED", true],
    ["SOURCE_FAILED", false],
    ["SOURCE_FAILED", false],
    ["SCHEMA_LIMIT", false],
    ["SOURCE_FAILED", true],
  ]);
  assert.doesNotMatch(JSON.stringify(batch), /s3cret/);
  assert.match(batch[1].valueResult.error.message, /ENOTFOUND/);
  assert.throws(
    () => createDecoderSync({ value, schemas }),
    (error) => error.code === "CONFIG_INVALID",
  );
});

test("apicurio 3: content and global ids, references, types told and guessed", async (t) => {
  const api = "/apis/registry/v3";
  const reference = { groupId: null, artifactId: "item art", version: "1", name: "shop.Item" };
  const answers = {
    [`${api}/ids/contentIds/7`]: { body: ORDER, headers: { "x-registry-artifacttype": "AVRO" } },
    [`${api}/ids/contentIds/7/references`]: { body: [reference] },
    [`${api}/groups/default/artifacts/item%20art/versions/1/content`]: { body: '"long"' },
    [`${api}/groups/default/artifacts/item%20art/versions/1/references`]: { body: [] },
    [`${api}/ids/globalIds/8`]: { body: 'syntax = "proto3";' },
    [`${api}/ids/globalIds/8/references`]: { body: [] },
    [`${api}/ids/contentIds/9`]: { body: { type: "object" } },
    [`${api}/ids/contentIds/9/references`]: { body: [] },
    [`${api}/ids/contentIds/10`]: { body: "x", headers: { "x-registry-artifacttype": "GRAPHQL" } },
    [`${api}/ids/contentIds/10/references`]: { body: [] },
  };
  const missing = { status: 404, body: { error_code: 404, name: "ContentNotFoundException" } };
  const { url } = await serve(t, (path) => answers[path] ?? missing);
  const source = apicurioRegistry({ url, ...QUICK });
  assert.deepStrictEqual(await source.fetch("apicurio:content:7"), {
    reference: "apicurio:content:7",
    type: "AVRO",
    schema: ORDER,
    references: [{ name: "shop.Item", schema: '"long"' }],
  });
  assert.equal((await source.fetch("confluent:7")).schema, ORDER);
  assert.equal((await source.fetch("apicurio:global:8")).type, "PROTOBUF");
  assert.equal((await source.fetch("apicurio:content:9")).type, "JSON");
  await refused(source.fetch("apicurio:content:10"), "SOURCE_UNSUPPORTED", false);
  await refused(source.fetch("apicurio:content:11"), "SOURCE_NOT_FOUND", false);
  await refused(source.fetch("apicurio:other:1"), "SOURCE_UNSUPPORTED", false);
});

test("apicurio 2: the address names the version; a confluent id may be a global one", async (t) => {
  const { url, requests } = await serve(t, (path) => ({
    body: path.endsWith("/references")
      ? path.includes("/groups/")
        ? []
        : [{ groupId: "g", artifactId: "a", version: "2", name: "n" }]
      : ORDER,
  }));
  const source = apicurioRegistry({ url: `${url}/apis/registry/v2`, confluentId: "global", ...QUICK });
  assert.equal((await source.fetch("confluent:5")).references.length, 1);
  assert.deepStrictEqual(requests.map(({ path }) => path).sort(), [
    "/apis/registry/v2/groups/g/artifacts/a/versions/2",
    "/apis/registry/v2/groups/g/artifacts/a/versions/2/references",
    "/apis/registry/v2/ids/globalIds/5",
    "/apis/registry/v2/ids/globalIds/5/references",
  ]);
});

test("glue: a schema, its status, and what the SDK's errors mean", async () => {
  const source = (answer) => {
    const client = { send: async ({ input }) => answer(input) };
    return glueRegistry({ client, timeout: 50 });
  };
  const fetched = (answer) => source(answer).fetch(`glue:${UUID}`);
  const given = (Status) => () => ({ SchemaDefinition: ORDER, DataFormat: "AVRO", Status });
  const ids = [];
  const keep = ({ SchemaVersionId }) => ids.push(SchemaVersionId) && given("AVAILABLE")();
  assert.deepStrictEqual(await source(keep).fetch(`glue:${UUID}`), {
    reference: `glue:${UUID}`,
    type: "AVRO",
    schema: ORDER,
    status: "AVAILABLE",
  });
  assert.deepStrictEqual(ids, [UUID]);
  assert.equal((await fetched(given("DELETING"))).status, "DELETING");
  await refused(fetched(given("FAILURE")), "SOURCE_SCHEMA_STATUS", false);
  await refused(fetched(given("PENDING")), "SOURCE_SCHEMA_STATUS", true);
  await refused(
    fetched(() => ({})),
    "SOURCE_NOT_REGISTRY",
    false,
  );
  await refused(
    fetched(() => new Promise(() => {})),
    "SOURCE_TIMEOUT",
    true,
  );
  await refused(source(given("AVAILABLE")).fetch("confluent:1"), "SOURCE_UNSUPPORTED", false);
  const cases = [
    ["EntityNotFoundException", 400, "SOURCE_NOT_FOUND", false],
    ["AccessDeniedException", 400, "SOURCE_FORBIDDEN", true, /glue:GetSchemaVersion/],
    ["UnrecognizedClientException", 400, "SOURCE_UNAUTHORIZED", true],
    ["ExpiredTokenException", 403, "SOURCE_UNAUTHORIZED", true],
    ["CredentialsProviderError", undefined, "SOURCE_UNAUTHORIZED", true],
    ["ThrottlingException", 400, "SOURCE_UNAVAILABLE", true],
    ["InternalServiceException", 500, "SOURCE_UNAVAILABLE", true],
    ["TimeoutError", undefined, "SOURCE_UNAVAILABLE", true, /endpoint/],
    ["InvalidInputException", 400, "SOURCE_FAILED", false],
    ["SyntaxError", 200, "SOURCE_NOT_REGISTRY", false],
  ];
  for (const [name, httpStatusCode, code, retryable, hint] of cases) {
    const thrown = Object.assign(new Error("s3cret"), { name, $metadata: { httpStatusCode } });
    const error = await refused(
      fetched(() => Promise.reject(thrown)),
      code,
      retryable,
    );
    assert.match(error.hint ?? "", hint ?? /^/);
  }
});

test("glue: without the SDK it says what to install", async () => {
  const alone = (await load("glue")).glueRegistry();
  await assert.rejects(alone.fetch(`glue:${UUID}`), { code: "CONFIG_INVALID", hint: /npm install @aws-sdk/ });
});

test("folder: by place, by index, with references, never outside", async (t) => {
  const place = mkdtempSync(join(tmpdir(), "kafkalens-folder-"));
  t.after(() => rmSync(place, { recursive: true }));
  for (const name of ["confluent", "glue", "apicurio/content", "subject/orders-value"]) {
    mkdirSync(join(place, name), { recursive: true });
  }
  writeFileSync(join(place, "confluent/42.avsc"), ORDER);
  writeFileSync(join(place, `glue/${UUID}.fds`), Buffer.from([255, 0]));
  writeFileSync(join(place, "confluent/43.protoset"), Buffer.from([255, 0]));
  writeFileSync(join(place, "apicurio/content/7.json"), "{}");
  writeFileSync(join(place, "subject/orders-value/3.proto"), "message A {}");
  writeFileSync(join(place, "confluent/9.txt"), "");
  const source = schemaFolder(place);
  const document = await source.fetch("confluent:42");
  assert.deepStrictEqual(document, { reference: "confluent:42", type: "AVRO", schema: ORDER });
  assert.equal((await source.fetch(`glue:${UUID}`)).schema, "/wA=");
  assert.equal((await source.fetch("confluent:43")).schema, "/wA=");
  assert.equal((await source.fetch("apicurio:content:7")).type, "JSON");
  assert.equal((await source.fetch("subject:orders-value/3")).type, "PROTOBUF");
  for (const reference of [
    "confluent:1",
    "confluent:9",
    "subject:../../etc/passwd/1",
    "subject:a/b/c/1",
    "x",
  ]) {
    await refused(source.fetch(reference), "SOURCE_NOT_FOUND", false);
  }
  const entry = { file: "confluent/42.avsc", references: [{ name: "n", file: "apicurio/content/7.json" }] };
  writeFileSync(
    join(place, "index.json"),
    JSON.stringify({ "guid:x": entry, "glue:y": "a.xml", "glue:z": "b.avsc" }),
  );
  assert.deepStrictEqual((await source.fetch("guid:x")).references, [{ name: "n", schema: "{}" }]);
  await refused(source.fetch("glue:y"), "SOURCE_UNSUPPORTED", false);
  assert.match((await refused(source.fetch("glue:z"), "SOURCE_FAILED", false)).message, /ENOENT/);
  // Where there is no folder, nothing is wrong with the reference.
  const gone = await refused(schemaFolder(join(place, "none")).fetch("guid:x"), "SOURCE_FAILED", false);
  assert.match(gone.message, /^expected to read the schema guid:x from its folder, found no such folder$/);
  assert.match(gone.hint, /relative/);
  const file = schemaFolder(join(place, "confluent/42.avsc"));
  assert.match((await refused(file.fetch("guid:x"), "SOURCE_FAILED", false)).message, /ENOTDIR/);
});

test("folder: text in the encoding that its mark names", async (t) => {
  const place = mkdtempSync(join(tmpdir(), "kafkalens-folder-"));
  t.after(() => rmSync(place, { recursive: true }));
  const index = JSON.stringify({ "confluent:42": "order.avsc" });
  for (const encoding of ["utf8", "utf16le"]) {
    writeFileSync(join(place, "index.json"), `\ufeff${index}`, encoding);
    writeFileSync(join(place, "order.avsc"), `\ufeff${ORDER}`, encoding);
    assert.equal((await schemaFolder(place).fetch("confluent:42")).schema, ORDER);
  }
});

test("subpaths: import and require, and none brings the SDK or the core unasked", () => {
  const require = createRequire(join(folder, "package.json"));
  const { exports } = require("./package.json");
  for (const name of ["confluent", "glue", "apicurio", "folder"]) {
    const at = exports[`./${name}`];
    assert.ok(at.import.default.endsWith(".mjs"));
    const script = `const names = Object.keys(require(${JSON.stringify(join(folder, at.require.default))}));
      console.log(names.length, Object.keys(require.cache).length)`;
    // From one file.
    const functions = name === "confluent" ? 2 : 1;
    const told = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
    assert.equal(told, `${functions} 1\n`, name);
  }
});
