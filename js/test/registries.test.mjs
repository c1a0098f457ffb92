// Several registries behind one decoder, readers against registered versions, client certificates.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { folder, kafkalens } from "./support/package.mjs";
import { serve } from "./support/server.mjs";

const { confluentRegistry, checkReader } = await import(pathToFileURL(join(folder, "confluent.mjs")).href);
const { createDecoder, createDecoderSync } = kafkalens;

const record = (fields) => JSON.stringify({ type: "record", name: "Order", namespace: "shop", fields });
const ID = { name: "id", type: "long" };
const NOTE = { name: "note", type: "string", default: "" };
const QUICK = { pause: 1, timeout: 2_000 };
const SIDE = { format: "avro", framing: "confluent" };

const event = (topic, ...values) => ({
  records: {
    [`${topic}-0`]: values.map((value, offset) => ({
      topic,
      partition: 0,
      offset,
      value: Buffer.from(value).toString("base64"),
    })),
  },
});

/** A source that says what it was asked for. */
function source(schemas, asked) {
  return {
    async fetch(reference) {
      asked.push(reference);
      return { reference, type: "AVRO", schema: schemas[reference] };
    },
  };
}

test("each reference goes to its registry, without the prefix; others to `schemas`", async () => {
  const asked = { eu: [], us: [], own: [] };
  const decoder = await createDecoder({
    value: { ...SIDE, registry: "eu" },
    topics: { u: { value: { ...SIDE, registry: "us" } }, o: { value: SIDE } },
    registries: {
      eu: source({ "confluent:1": record([ID]) }, asked.eu),
      us: source({ "confluent:1": '"string"' }, asked.us),
    },
    schemas: source({ "confluent:1": '"long"' }, asked.own),
  });
  const payload = [0, 0, 0, 0, 1, 2];
  const decoded = [];
  for (const topic of ["e", "u", "o", "e"]) {
    const [first] = await decoder.decode(event(topic, topic === "u" ? [...payload, 0x78] : payload));
    decoded.push([first.value, first.valueSchema]);
  }
  assert.deepStrictEqual(decoded, [
    [{ id: 1n }, "eu/confluent:1"],
    ["x", "us/confluent:1"],
    [1n, "confluent:1"],
    [{ id: 1n }, "eu/confluent:1"],
  ]);
  assert.deepStrictEqual(asked, { eu: ["confluent:1"], us: ["confluent:1"], own: ["confluent:1"] });
  assert.deepStrictEqual(
    decoder.schemas().map(({ reference }) => reference),
    ["confluent:1", "eu/confluent:1", "us/confluent:1"],
  );
});

for (const records of [1, 600, 3_000]) {
  test(`of ${records} records: a schema is fetched when one of them first needs it`, async (t) => {
    const asked = [];
    const schemas = source({ "confluent:1": '"long"', "confluent:2": '"string"' }, asked);
    const decoder = await createDecoder({ value: SIDE, schemas });
    const long = [0, 0, 0, 0, 1, 2];
    const known = event("t", ...Array(records).fill(long));
    const mixed = event("t", ...Array(records - 1).fill(long), [0, 0, 0, 0, 2, 2, 0x78]);
    const values = async (given) => Array.from(await decoder.decode(given), ({ value }) => value);
    assert.deepStrictEqual(await values(known), Array(records).fill(1n));
    assert.deepStrictEqual(asked, ["confluent:1"]);
    assert.deepStrictEqual(await values(mixed), [...Array(records - 1).fill(1n), "x"]);
    assert.deepStrictEqual(asked, ["confluent:1", "confluent:2"]);
    // Nothing is missing now: the event isn't written as text to find that out.
    const { mock } = t.mock.method(JSON, "stringify");
    await decoder.prepare(known);
    assert.deepStrictEqual(await values(mixed), [...Array(records - 1).fill(1n), "x"]);
    assert.ok(mock.calls.every(({ arguments: [written] }) => written !== known && written !== mixed));
    mock.restore();
    assert.equal(asked.length, 2);
    const { stats } = await decoder.decode(JSON.stringify(mixed));
    assert.deepStrictEqual(stats, { records, ok: records, failed: 0, tombstones: 0 });
  });
}

test("a registry that is only a name: its schemas are added by hand; its failures name it", async () => {
  const config = { value: { ...SIDE, registry: "eu" }, registries: { eu: {} } };
  const decoder = createDecoderSync(config);
  const input = event("t", [0, 0, 0, 0, 1, 2]);
  assert.deepStrictEqual(decoder.missingSchemas(input), ["eu/confluent:1"]);
  decoder.addSchema({ reference: "eu/confluent:1", type: "AVRO", schema: '"long"' });
  assert.equal(decoder.decodeEvent(input)[0].value, 1n);
  const waiting = await createDecoder(config);
  assert.equal((await waiting.decode(input))[0].valueResult.error.code, "SCHEMA_MISSING");
  const failing = await createDecoder({
    ...config,
    registries: { eu: { fetch: () => Promise.reject(new Error("no")) } },
  });
  const { error } = (await failing.decode(input))[0].valueResult;
  assert.equal(error.code, "SOURCE_FAILED");
  assert.match(error.message, /eu\/confluent:1/);
});

test("a synchronous decoder takes no source, and a local writer stands beside none", async () => {
  const schemas = source({}, []);
  const refused = { code: "CONFIG_INVALID" };
  assert.throws(() => createDecoderSync({ schemas }), refused);
  assert.throws(() => createDecoderSync({ registries: { eu: schemas } }), refused);
  const local = { ...SIDE, writer: '"long"', anyId: true };
  await assert.rejects(createDecoder({ value: local, schemas }), refused);
  await assert.rejects(createDecoder({ topics: { t: { key: local } }, schemas }), refused);
  await assert.rejects(
    createDecoder({ value: { ...local, registry: "eu" }, registries: { eu: schemas } }),
    refused,
  );
  await createDecoder({ key: { format: "avro", framing: "none", writer: '"long"' }, value: SIDE, schemas });
  await createDecoder({ value: { ...local, registry: "eu" }, registries: { eu: {} }, schemas });
});

/** A registry whose subject has three versions of an order, the last of them Protobuf where asked for. */
async function orders(t, last = record([ID, NOTE])) {
  const versions = [record([ID]), record([ID, { name: "total", type: "double" }]), last];
  const answer = (path) => {
    const [, subject, version] = /^\/subjects\/([^/]+)\/versions(?:\/(\d+))?/.exec(path) ?? [];
    if (!["orders-value", "shop.Order", "orders-shop.Order", "own", "lone-value"].includes(subject)) {
      return { status: 404, body: { error_code: 40401, message: "Subject not found" } };
    }
    const schema = versions[version - 1];
    const type = schema?.startsWith("syntax") ? { schemaType: "PROTOBUF" } : {};
    return {
      body: version === undefined ? (subject === "lone-value" ? [1] : [1, 2, 3]) : { schema, ...type },
    };
  };
  return serve(t, answer);
}

test("a reader is tested against every registered version of its topic's subject", async (t) => {
  const { url } = await orders(t);
  const decoder = createDecoderSync();
  const registry = confluentRegistry({ url, ...QUICK });
  const fine = await checkReader(registry, decoder, { topic: "orders", reader: record([ID, NOTE]) });
  assert.deepStrictEqual(
    [fine.subject, fine.compatible, fine.versions.map(({ version }) => version)],
    ["orders-value", true, [1, 2, 3]],
  );
  const total = { name: "total", type: "double" };
  const bad = await checkReader(registry, decoder, { topic: "orders", reader: record([ID, total]) });
  assert.equal(bad.compatible, false);
  assert.deepStrictEqual(
    bad.versions.map(({ compatible, reasons }) => [compatible, reasons.map(({ kind }) => kind)]),
    [
      [false, ["READER_FIELD_MISSING_DEFAULT_VALUE"]],
      [true, []],
      [false, ["READER_FIELD_MISSING_DEFAULT_VALUE"]],
    ],
  );
  for (const [subjectNaming, subject] of [
    ["record", "shop.Order"],
    ["topic-record", "orders-shop.Order"],
    [() => "own", "own"],
  ]) {
    const named = confluentRegistry({ url, subjectNaming, ...QUICK });
    const report = await checkReader(named, decoder, { topic: "orders", reader: record([ID]) });
    assert.deepStrictEqual([report.subject, report.compatible], [subject, true]);
  }
  const key = checkReader(registry, decoder, { topic: "orders", side: "key", reader: '"long"' });
  await assert.rejects(key, { code: "SOURCE_NOT_FOUND" });
  const broken = checkReader(registry, decoder, { topic: "orders", reader: "{" });
  await assert.rejects(broken, { code: "SCHEMA_INVALID" });
});

test("a version of another format can't be read", async (t) => {
  const { url } = await orders(t, 'syntax = "proto3"; message Order {}');
  const registry = confluentRegistry({ url, ...QUICK });
  const report = await checkReader(registry, createDecoderSync(), { topic: "orders", reader: record([ID]) });
  assert.deepStrictEqual(
    report.versions.map(({ type, compatible }) => [type, compatible]),
    [
      ["AVRO", true],
      ["AVRO", true],
      ["PROTOBUF", false],
    ],
  );
});

test("kafkalens check --registry", async (t) => {
  const { url, requests } = await orders(t);
  const place = mkdtempSync(join(tmpdir(), "kafkalens-check-"));
  t.after(() => rmSync(place, { recursive: true }));
  const reader = join(place, "order.avsc");
  const run = (...args) =>
    new Promise((done) => {
      const child = spawn(process.execPath, [join(folder, "cli.mjs"), "check", ...args], {
        cwd: place,
        env: { ...process.env, KAFKALENS_REGISTRY_TOKEN: "s3cret" },
      });
      let [out, problems] = ["", ""];
      child.stdout.on("data", (chunk) => {
        out += chunk;
      });
      child.stderr.on("data", (chunk) => {
        problems += chunk;
      });
      child.on("close", (status) => done({ status, out, problems }));
    });
  const asked = ["--registry", url, "--topic", "orders", "--reader", "order.avsc"];
  writeFileSync(reader, record([ID, NOTE]));
  assert.deepStrictEqual(await run(...asked), {
    status: 0,
    problems: "",
    out: [
      "order.avsc reads all 3 versions of orders-value",
      "  version 1: compatible",
      "  version 2: compatible",
      "  version 3: compatible",
      "",
    ].join("\n"),
  });
  assert.equal(requests[0].headers.authorization, "Bearer s3cret");
  const lone = await run("--registry", url, "--topic", "lone", "--reader", "order.avsc");
  assert.equal(lone.out, "order.avsc reads the one version of lone-value\n  version 1: compatible\n");
  writeFileSync(reader, record([ID, { name: "total", type: "double" }]));
  const bad = await run(...asked, "--subject-naming", "record", "--format", "json");
  assert.equal(bad.status, 1);
  assert.deepStrictEqual(
    JSON.parse(bad.out).versions.map(({ compatible }) => compatible),
    [false, true, false],
  );
  const unknown = await run(...asked, "--side", "key");
  assert.equal(unknown.status, 2);
  assert.match(unknown.problems, /SOURCE_NOT_FOUND/);
  assert.equal((await run("--registry", url, "--topic", "orders")).status, 2);
});

test("client certificates, through the caller's fetch", async (t) => {
  const place = mkdtempSync(join(tmpdir(), "kafkalens-tls-"));
  t.after(() => rmSync(place, { recursive: true }));
  const openssl = (...args) => execFileSync("openssl", args, { cwd: place, stdio: "pipe" });
  const issue = (name, ...more) =>
    openssl(
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`],
      ...["-keyout", `${name}.key`, "-out", `${name}.crt`, "-addext", "subjectAltName=IP:127.0.0.1"],
      ...more,
    );
  issue("server");
  issue("client");
  const pem = (name) => readFileSync(join(place, name));
  const options = { key: pem("server.key"), cert: pem("server.crt"), ca: pem("client.crt") };
  const server = createServer(
    { ...options, requestCert: true, rejectUnauthorized: true },
    (asked, answer) => {
      answer.setHeader("content-type", "application/json");
      answer.end(JSON.stringify({ schema: '"long"', subject: asked.socket.getPeerCertificate().subject.CN }));
    },
  );
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  t.after(() => server.close());
  const url = `https://127.0.0.1:${server.address().port}`;

  // As docs/registries.md has it.
  const [cert, key, ca] = [pem("client.crt"), pem("client.key"), pem("server.crt")];
  const withCertificate = (url, { headers, signal }) =>
    new Promise((resolve, reject) => {
      const asked = request(
        url,
        { headers: Object.fromEntries(headers), signal, cert, key, ca },
        (answer) => {
          const { statusCode: status, headers } = answer;
          answer.toArray().then((chunks) => {
            resolve(new Response(Buffer.concat(chunks), { status, headers }));
          }, reject);
        },
      );
      asked.on("error", reject).end();
    });
  const source = confluentRegistry({ url, fetch: withCertificate, ...QUICK });
  assert.equal((await source.fetch("confluent:1")).schema, '"long"');
  const without = confluentRegistry({ url, retries: 0, ...QUICK });
  await assert.rejects(without.fetch("confluent:1"), { code: "SOURCE_UNAVAILABLE", retryable: true });
});
