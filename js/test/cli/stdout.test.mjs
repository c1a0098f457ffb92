// What can't be written is told, and no verdict on data: a disk that is full, a reader that has seen enough.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { cli, demo, environment, fixtures, run } from "./run.mjs";

const place = mkdtempSync(join(tmpdir(), "kafkalens-stdout-"));
after(() => rmSync(place, { recursive: true }));

const FULL = "/dev/full";
const full = { skip: !existsSync(FULL) && "there is no /dev/full" };
const shell = { skip: process.platform === "win32" && "there is no sh" };

test("a full disk is told in one line, with status 2", full, () => {
  for (const args of [
    ["--help"],
    ["decode", "glue-avro/event.json", "--value", "bytes"],
    ["glue-avro/event.json"],
    ["encode", `${fixtures}/parcel.json`, "--value", "json", "--format", "raw"],
  ]) {
    const { stderr, status } = run(args, { stdio: ["pipe", openSync(FULL, "w"), "pipe"] });
    assert.equal(stderr, "kafkalens: standard output: ENOSPC: no space left on device, write\n");
    assert.equal(status, 2);
  }
});

test("that nothing can be told changes no status", full, () => {
  const stdio = ["pipe", "pipe", openSync(FULL, "w")];
  assert.equal(run(["decode", "nothing.json"], { stdio }).status, 1);
});

/** Runs it in sh, with a command line in which `$0` and `$1` are Node and the program. */
function inShell(command) {
  const options = { cwd: demo, env: environment(), encoding: "utf8" };
  return spawnSync("sh", ["-c", command, process.execPath, cli], options);
}

test("what a disk takes in part is written to its end, or told", shell, () => {
  const [file, whole] = ["part", "whole"].map((name) => join(place, name));
  // A file of at most one block, of 512 or 1,024 bytes: help is longer.
  const { stderr, status } = inShell(`ulimit -f 1; "$0" "$1" decode --help > '${file}'`);
  assert.match(stderr, /^kafkalens: standard output: EFBIG: .*\n$/);
  assert.equal(status, 2);
  assert.ok(statSync(file).size > 0);
  assert.equal(inShell(`"$0" "$1" decode --help > '${whole}'`).status, 0);
  assert.equal(readFileSync(whole, "utf8"), run(["decode", "--help"]).stdout);
});

test("a pipe whose reader has left is no error", shell, () => {
  const { stdout, stderr } = inShell(`"$0" "$1" decode --help | head -1`);
  assert.match(stdout, /^usage: .*\n$/);
  assert.equal(stderr, "");
});
