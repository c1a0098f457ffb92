// What schema sources and their decoders are configured with: refused when they are made, or sent as it's meant.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { folder, kafkalens } from "./support/package.mjs";
import { serve } from "./support/server.mjs";

const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
const { confluentRegistry } = await load("confluent");
const { apicurioRegistry } = await load("apicurio");
const { glueRegistry } = await load("glue");
const { schemaFolder } = await load("folder");
const { createDecoder, createDecoderSync, isDecodeError } = kafkalens;

const url = "http://user:hunter2@localhost";

/** The error that a configuration is refused with: it says what was expected and found, and no secret. */
function invalid(make, message) {
  assert.throws(make, (error) => {
    assert.ok(isDecodeError(error), String(error));
    assert.equal(error.code, "CONFIG_INVALID");
    assert.match(error.message, /^expected .+, found .+/);
    assert.match(error.message, message);
    assert.match(error.hint, /docs\/registries\.md/);
    assert.equal(error.retryable, false);
    assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, /hunter2|s3cret/);
    return true;
  });
}

const OVER_HTTP = [
  [
    { timeout: "5s" },
    /`timeout` of \w+ to be a number of milliseconds from 1 to 2147483647, found a string$/,
  ],
  [{ timeout: Number.POSITIVE_INFINITY }, /`timeout`.+found Infinity$/],
  [{ timeout: 0 }, /`timeout`.+found 0$/],
  [{ retries: Number.NaN }, /`retries`.+whole number, 0 or more, found NaN$/],
  [{ retries: -1 }, /`retries`.+found -1$/],
  [{ pause: null }, /`pause`.+found null$/],
  [{ parallel: 0 }, /`parallel`.+1 or more, found 0$/],
  [{ parallel: 2.5 }, /`parallel`.+found 2\.5$/],
  [{ missFor: {} }, /`missFor`.+found an object$/],
  [{ fetch: "x" }, /`fetch`.+a function, found a string$/],
  [{ retry: 3 }, /to be among `url`, .*`retries`.*, found `retry`$/],
  [{ url: undefined }, /`url`.+an http or https address.*, found undefined$/],
  [{ url: 5 }, /`url`.+found 5$/],
  [{ url: "hunter2" }, /`url`.+found another text$/],
  [{ auth: "s3cret" }, /`auth`.+`{ username, password }` or `{ token }`, found a string$/],
  [{ auth: { user: "u", pass: "s3cret" } }, /`auth`.+found an object with other names$/],
  [{ auth: { user: undefined, pass: undefined } }, /`auth`.+found an object with other names$/],
  [{ auth: { username: "u", password: undefined } }, /`auth`.+found `username` alone$/],
  [{ auth: { password: "s3cret" } }, /`auth`.+found `password` alone$/],
  [{ auth: { username: "u", password: 5 } }, /`auth`.+found a `password` that is 5$/],
  [{ auth: { username: "u", token: "s3cret" } }, /`auth`.+found `username` and `token`$/],
  [{ auth: { token: null } }, /`auth`.+found a `token` that is null$/],
  [{ headers: "a" }, /`headers`.+found a string$/],
  [{ headers: { a: undefined } }, /`headers`.+found one that is no string$/],
  [{ headers: { a: "s3cret\n" + "b: c" } }, /`headers`.+found what no header may be$/],
  [{ headers: [["a"]] }, /`headers`.+found what no header may be$/],
  [{ headers: new Map([["a", "s3cret"]]).entries() }, /`headers`.+found an iterator/],
];

for (const [name, make] of Object.entries({ confluentRegistry, apicurioRegistry })) {
  test(`${name}: what is no option, or not of its kind, is refused`, () => {
    for (const [option, message] of OVER_HTTP) {
      invalid(() => make({ url, ...option }), message);
      invalid(() => make({ url, ...option }), new RegExp(` of ${name} `));
    }
    invalid(() => make(), new RegExp(`an object of options for ${name}, found undefined`));
    invalid(() => make(url), /found a string/);
  });
}

test("a misspelt option is told with the one that is probably meant", () => {
  const hint = "`timeout` is probably meant; names and values are those of docs/registries.md";
  assert.throws(() => confluentRegistry({ url, timout: 5 }), { code: "CONFIG_INVALID", hint });
});

test("options of one source only", () => {
  invalid(() => confluentRegistry({ url, context: 5 }), /`context`.+a string, found 5$/);
  const naming = /`subjectNaming`.+`topic`, `record`, `topic-record` or a function, found `Topic`$/;
  invalid(() => confluentRegistry({ url, subjectNaming: "Topic" }), naming);
  invalid(() => confluentRegistry({ url, apiVersion: 2 }), /found `apiVersion`$/);
  invalid(() => apicurioRegistry({ url, apiVersion: "2" }), /`apiVersion`.+2 or 3, found a string$/);
  invalid(
    () => apicurioRegistry({ url, confluentId: "globalId" }),
    /`content` or `global`, found `globalId`$/,
  );
  invalid(() => glueRegistry({ Region: "eu-west-1" }), /options of glueRegistry.+found `Region`$/);
  invalid(() => glueRegistry({ region: "" }), /`region`.+found a string$/);
  invalid(() => glueRegistry({ endpoint: "vpce-1.example.com" }), /`endpoint`.+found another text$/);
  invalid(() => glueRegistry({ client: {} }), /`client`.+`send`, found an object$/);
  invalid(() => glueRegistry({ timeout: "1" }), /`timeout`.+found a string$/);
  invalid(() => glueRegistry({ retries: 0.5 }), /`retries`.+found 0\.5$/);
  invalid(() => glueRegistry(null), /found null$/);
  for (const path of [undefined, "", new URL("file:///tmp")]) {
    invalid(() => schemaFolder(path), /the path of schemaFolder to be a string that is not empty, found /);
  }
});

test("what is undefined is as if it weren't there, and every option has what it may be", () => {
  const all = ["timeout", "retries", "pause", "parallel", "missFor", "fetch", "auth", "headers"];
  const none = Object.fromEntries(all.map((name) => [name, undefined]));
  confluentRegistry({ ...none, url, context: undefined, subjectNaming: undefined });
  apicurioRegistry({ ...none, url: new URL(url), apiVersion: 3, confluentId: "global" });
  glueRegistry({ region: "eu-west-1", endpoint: "https://localhost", client: { send() {} }, missFor: 0 });
  confluentRegistry({ url, timeout: 0.5 + 0.5, retries: 0, pause: 0, parallel: 1, subjectNaming: () => "s" });
});

test("a decoder's source has a function `fetch`", async () => {
  for (const [schemas, found] of [
    [{}, "an object"],
    ["http://x", "a string"],
    [async () => {}, "a function"],
    [null, "null"],
  ]) {
    const message = new RegExp(`^expected \`schemas\` to be a schema source.+, found ${found}$`);
    await assert.rejects(createDecoder({ schemas }), { code: "CONFIG_INVALID", message });
    invalid(() => createDecoderSync({ schemas }), message);
  }
  const message = /^expected each of `registries` to be a schema source or `{}`, found a function$/;
  await assert.rejects(createDecoder({ registries: { eu: () => {} } }), { code: "CONFIG_INVALID", message });
  await assert.rejects(createDecoder({ registries: null }), { code: "CONFIG_INVALID" });
});

/** The headers that a source sends. */
async function sent(t, options, at = (address) => address) {
  const { url, requests } = await serve(t, () => ({ body: { schema: '"int"' } }));
  await confluentRegistry({ url: at(url), ...options }).fetch("confluent:1");
  return requests[0].headers;
}

test("credentials that are all undefined are none", async (t) => {
  for (const auth of [{ username: undefined, password: undefined }, { token: undefined }, {}]) {
    assert.equal((await sent(t, { auth })).authorization, undefined);
    const named = await sent(t, { auth }, (address) => address.replace("//", "//user:hunter2@"));
    assert.equal(named.authorization, `Basic ${Buffer.from("user:hunter2").toString("base64")}`);
  }
  const partly = { username: "user", password: "", token: undefined };
  const { authorization } = await sent(t, { auth: partly });
  assert.equal(authorization, `Basic ${Buffer.from("user:").toString("base64")}`);
  const none = { token: async () => undefined };
  await assert.rejects(sent(t, { auth: none }), { code: "SOURCE_UNAUTHORIZED", hint: /gave none/ });
});

test("headers as the platform takes them", async (t) => {
  const given = { "target-sr-cluster": "lsrc-1", Accept: "application/json" };
  for (const headers of [given, new Headers(given), Object.entries(given), new Map(Object.entries(given))]) {
    const { "target-sr-cluster": cluster, accept } = await sent(t, { headers });
    assert.deepStrictEqual([cluster, accept], ["lsrc-1", "application/json"]);
  }
});
