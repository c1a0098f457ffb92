// `--glue REGION`: the real SDK, as the command line loads it, against a Glue on this machine.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { folder } from "../support/package.mjs";
import { project } from "../support/packed.mjs";
import { serve } from "../support/server.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const demo = join(root, "examples", "demo", "glue-avro");
const schema = readFileSync(join(demo, "order.avsc"), "utf8");
const SDK = "@aws-sdk/client-glue";

/** The package as it is installed beside the SDK. */
const { place, remove } = project({ [SDK]: join(root, "js", "node_modules", SDK) });
const cli = join(place, "node_modules", "kafkalens", "cli.mjs");
cpSync(folder, dirname(cli), { recursive: true });
after(remove);

/** Nothing of this machine's own AWS configuration: no profile, and no metadata service to ask. */
const HOME = mkdtempSync(join(tmpdir(), "kafkalens-home-"));
const NOBODY = {
  PATH: process.env.PATH,
  HOME,
  AWS_CONFIG_FILE: join(HOME, "config"),
  AWS_SHARED_CREDENTIALS_FILE: join(HOME, "credentials"),
  AWS_EC2_METADATA_DISABLED: "true",
  // The SDK tells those with an old Node.js that they should have another.
  NODE_NO_WARNINGS: "1",
};
const KEYS = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "s3cret" };

/** Runs the command in a region, and gives what it printed and how it ended. */
function run(args, env) {
  return new Promise((resolve) => {
    const options = { env: { ...NOBODY, ...env }, cwd: demo };
    execFile(process.execPath, [cli, ...args, "--glue", "eu-west-1"], options, (error, stdout, stderr) =>
      resolve({ status: error?.code ?? 0, stdout, stderr }),
    );
  });
}
const decode = (env) => run(["decode", "event.json", "--key", "json", "--value", "glue+avro"], env);

/** A Glue that answers so, and the requests that it got. */
async function glue(t, answer) {
  const asked = [];
  const { url } = await serve(t, (_path, headers, _number, body) => {
    asked.push({ headers, body: JSON.parse(body) });
    return answer;
  });
  return { url, asked };
}
const ORDER = { body: { SchemaDefinition: schema, DataFormat: "AVRO", Status: "AVAILABLE" } };
const refusal = (type, status = 400) => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": type },
  body: { __type: type, Message: "s3cret" },
});

for (const variable of ["AWS_ENDPOINT_URL_GLUE", "AWS_ENDPOINT_URL"]) {
  test(`the schema comes from the address in ${variable}, asked for once, signed with the environment's keys`, async (t) => {
    const { url, asked } = await glue(t, ORDER);
    const { status, stdout, stderr } = await decode({ ...KEYS, [variable]: url });
    assert.equal(stderr, "");
    assert.equal(status, 0);
    const { value } = JSON.parse(stdout.split("\n")[0]);
    assert.equal(value.schema, "glue:de0ffae0-8c2c-4279-ac0d-fd96883ba56e");
    assert.equal(value.value.user_id, "iabxa");
    assert.equal(asked.length, 1);
    const [{ headers, body }] = asked;
    assert.equal(headers["x-amz-target"], "AWSGlue.GetSchemaVersion");
    assert.deepEqual(body, { SchemaVersionId: "de0ffae0-8c2c-4279-ac0d-fd96883ba56e" });
    assert.match(headers.authorization, /Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/glue\/aws4_request/);
  });
}

test("the keys may be a profile's, and a file alone is decoded by the same schemas", async (t) => {
  const { url, asked } = await glue(t, ORDER);
  const credentials = join(HOME, "profiles");
  writeFileSync(credentials, "[shop]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = s3cret\n");
  const env = { AWS_PROFILE: "shop", AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_ENDPOINT_URL: url };
  const { status, stdout, stderr } = await run(["event.json"], env);
  assert.equal(stderr, "");
  assert.equal(status, 0);
  assert.match(stdout, /"user_id":"iabxa"/);
  assert.doesNotMatch(stdout, /aws glue get-schema-version/);
  assert.match(asked[0].headers.authorization, /Credential=AKIDPROFILE/);
});

test("what a file lacks is told with the reason, and the command asks the same region", async (t) => {
  const { url } = await glue(t, refusal("AccessDeniedException"));
  const { status, stdout } = await run(["event.json"], { ...KEYS, AWS_ENDPOINT_URL_GLUE: url });
  assert.equal(status, 0);
  const told = stdout.slice(stdout.indexOf("schemas that are missing"));
  assert.match(told, /SOURCE_FORBIDDEN: .*AccessDeniedException\n +hint: .*glue:GetSchemaVersion/);
  assert.match(told, /aws glue get-schema-version --schema-version-id [\w-]+ --region eu-west-1 /);
});

for (const [what, answer, code, hint] of [
  ["no such version", refusal("EntityNotFoundException"), "SOURCE_NOT_FOUND", /another account or region/],
  ["access denied", refusal("AccessDeniedException"), "SOURCE_FORBIDDEN", /glue:GetSchemaVersion/],
  ["keys that are none", refusal("UnrecognizedClientException"), "SOURCE_UNAUTHORIZED", /credentials/],
  ["a token that has expired", refusal("ExpiredTokenException"), "SOURCE_UNAUTHORIZED", /credentials/],
  ["another service", { status: 404, body: "<html>" }, "SOURCE_NOT_REGISTRY", /another service/],
]) {
  test(`${what}: the record fails with ${code}`, async (t) => {
    const { url } = await glue(t, answer);
    const { status, stdout, stderr } = await decode({ ...KEYS, AWS_ENDPOINT_URL_GLUE: url });
    assert.equal(status, 1);
    const { error } = JSON.parse(stdout.split("\n")[0]).value;
    assert.equal(error.code, code);
    assert.match(error.hint, hint);
    assert.doesNotMatch(stdout + stderr, /s3cret/);
  });
}

test("without credentials nothing is asked, and the record says so", async (t) => {
  const { url, asked } = await glue(t, ORDER);
  const { status, stdout } = await decode({ AWS_ENDPOINT_URL_GLUE: url });
  const { error } = JSON.parse(stdout.split("\n")[0]).value;
  assert.equal(status, 1);
  assert.equal(error.code, "SOURCE_UNAUTHORIZED");
  assert.match(error.hint, /credentials are missing/);
  assert.deepEqual(asked, []);
});

test("without the SDK the command is wrong, and says what to install", async () => {
  const { place: bare, remove: clear } = project({ kafkalens: folder });
  const alone = join(bare, "node_modules", "kafkalens", "cli.mjs");
  const args = [alone, "decode", "event.json", "--value", "glue+avro", "--glue", "eu-west-1"];
  const { status, stderr } = await new Promise((resolve) =>
    execFile(process.execPath, args, { cwd: demo, env: NOBODY }, (error, _stdout, stderr) =>
      resolve({ status: error?.code ?? 0, stderr }),
    ),
  );
  clear();
  assert.equal(status, 2);
  assert.match(stderr, /npx --package kafkalens --package @aws-sdk\/client-glue kafkalens/);
});
