// For Node, run here; for browsers, opened by the test: webpack finds the WebAssembly file by its URL and copies it.
const { execFileSync } = require("node:child_process");
const { writeFileSync } = require("node:fs");
const webpack = require("webpack");

const settings = {
  mode: "production",
  context: __dirname,
  entry: "./main.mjs",
  performance: { hints: false },
};
const targets = [
  { ...settings, target: "node20", output: { path: `${__dirname}/node`, filename: "main.js" } },
  { ...settings, target: "web", output: { path: `${__dirname}/dist`, filename: "main.js" } },
];
webpack(targets, (error, stats) => {
  if (error || stats.hasErrors()) {
    throw error ?? new Error(stats.toString());
  }
  process.stdout.write(execFileSync(process.execPath, ["node/main.js"], { encoding: "utf8" }));
  writeFileSync("dist/index.html", '<!doctype html><title>webpack</title><script src="main.js"></script>');
});
