// The documentation holds together: links lead somewhere, the command line's help is as it prints it.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { blocks } from "../snippets/extract.mjs";
import { internals } from "../support/internals.mjs";
import { kafkalens } from "../support/package.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", ...docs.map((name) => `docs/${name}`)];
const text = (page) => readFileSync(join(root, page), "utf8");

/** A page without its code blocks. */
const prose = (page) => text(page).replace(/^(`{3,})[^\n]*\n.*?^\1/gms, "");

/** The anchors of a page's headings, as GitHub makes them. */
function anchors(page) {
  const headings = prose(page).matchAll(/^#+ (.*)$/gm);
  return Array.from(headings, ([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

for (const page of pages) {
  test(`the links of ${page} lead somewhere`, () => {
    for (const [, link] of prose(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) {
        continue;
      }
      const [path, anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      assert.ok(existsSync(join(root, target)), `${link}: there is no such file`);
      if (anchor !== undefined && target.endsWith(".md")) {
        assert.ok(anchors(target).includes(anchor), `${link}: there is no such heading`);
      }
    }
  });
}

test("docs/cli.md has the help of every command as it is printed", async () => {
  const { help } = await internals({ help: "cli/help.ts" });
  const page = text("docs/cli.md");
  const texts = Object.values(help).filter((value) => typeof value === "string");
  const wanted = new Map(
    texts.map((value) => [
      value
        .split("\n")
        .find((line) => line.startsWith("usage"))
        ?.trim(),
      value,
    ]),
  );
  let made = page;
  for (const { code } of blocks(page)) {
    const fresh = wanted.get(
      code
        .split("\n")
        .find((line) => line.startsWith("usage"))
        ?.trim(),
    );
    made = fresh === undefined ? made : made.replace(code, () => fresh);
  }
  if (process.env.BLESS === "1") {
    writeFileSync(join(root, "docs", "cli.md"), made);
  }
  for (const value of texts) {
    assert.ok(text("docs/cli.md").includes(`\`\`\`text\n${value}\`\`\``), value.split("\n")[0]);
  }
});

test("the sizes of the sample order are as told", () => {
  const demo = join(root, "examples", "demo", "glue-avro");
  const schema = readFileSync(join(demo, "order.avsc"), "utf8");
  const decoder = kafkalens.createDecoderSync({
    value: kafkalens.avro({ writer: schema, framing: "glue", anyId: true }),
    timestamps: "epoch",
  });
  const [{ value }] = decoder.decodeEvent(readFileSync(join(demo, "event.json")));
  const proto = `syntax = "proto3";
    message Order { string order_id = 1; int64 ordered_at = 2; string user_id = 3; repeated Item order_items = 4; }
    message Item { int64 product_id = 1; int64 quantity = 2; }`;
  const json = kafkalens.stringify(value);
  const sizes = [
    json.length,
    decoder.encode("AVRO", schema, value).length,
    decoder.encode("PROTOBUF", proto, JSON.parse(json)).length,
  ];
  assert.ok(text("docs/choosing-a-format.md").includes(`three items | ${sizes.join(" | ")} |`), sizes.join());
});

test("each command's help has its options, and no other; those of a decoder may be where it refers to", async () => {
  const { args, help } = await internals({ args: "cli/args.ts", help: "cli/help.ts" });
  const decode = flags(help.DECODE_HELP);
  for (const [command, options] of Object.entries(args.OPTIONS)) {
    const said = flags(help[`${command.toUpperCase().replace("-", "_")}_HELP`]);
    const taken = Object.keys(options).filter((name) => name !== "help");
    const refers =
      help[`${command.toUpperCase().replace("-", "_")}_HELP`].includes("kafkalens decode --help");
    for (const name of taken) {
      assert.ok(said.has(name) || (refers && decode.has(name)), `${command}: --${name} is in the help`);
    }
    for (const name of said) {
      assert.ok(taken.includes(name), `${command}: --${name} is an option`);
    }
  }
});

/** The options that a help names: not those of other programs in it. */
function flags(help) {
  const own = help.replace(/npx .*|kafkalens \S+ --help/g, "");
  return new Set(Array.from(own.matchAll(/--([a-z][a-z0-9-]*)/g), ([, name]) => name));
}

test("every option of a configuration is in docs/options.md, a handler's in docs/lambda.md, a source's in docs/registries.md", () => {
  for (const [file, name, page] of [
    ["config.ts", "\\w+", "options"],
    ["lambda/types.ts", "HandlerOptions", "lambda"],
    ...["confluent", "apicurio", "glue", "cache", "options"].map((source) => [
      `registry/${source}.ts`,
      "\\w+Options",
      "registries",
    ]),
  ]) {
    const written = text(`docs/${page}.md`);
    for (const option of optional(file, name)) {
      assert.match(written, new RegExp(`\\b${option}\\b`), `docs/${page}.md: ${option} of ${file}`);
    }
  }
});

/** The properties of a module's interfaces that may be left out: options. */
function optional(file, name) {
  const source = readFileSync(join(root, "js", "src", file), "utf8");
  const bodies = source.matchAll(new RegExp(`^(?:export )?interface ${name}\\b[^{]*\\{\\n(.*?)^\\}`, "gms"));
  const found = Array.from(bodies, ([, body]) => body).join("");
  assert.notEqual(found, "", `${file} has options`);
  return Array.from(found.matchAll(/^ {2}(?:readonly )?(\w+)\?:/gm), ([, option]) => option);
}
