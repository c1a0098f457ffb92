// What is for terminals only: colours, unless NO_COLOR is set, and a line of progress that makes way for all else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { internals } from "../support/internals.mjs";

const { terminal } = await internals({ terminal: "cli/terminal.ts" });

/** A terminal's output and what was written there, in order. */
function place({ isTTY = true, env = {}, columns = 80 } = {}) {
  const written = [];
  const stream = (name) => ({ isTTY, columns, write: (text) => written.push([name, text]) });
  const streams = { stdout: stream("out"), stderr: stream("err"), env };
  return { out: terminal.terminal(streams, false), written };
}

test("colours are for terminals, and NO_COLOR turns them off, whatever it is set to", () => {
  const painted = (given) => place(given).out.paint("red", "no");
  assert.equal(painted(), "\x1b[31mno\x1b[0m");
  assert.equal(painted({ isTTY: false }), "no");
  assert.equal(painted({ env: { NO_COLOR: "1" } }), "no");
  assert.equal(painted({ env: { NO_COLOR: "0" } }), "no");
  // As no-color.org has it: an empty one is none.
  assert.equal(painted({ env: { NO_COLOR: "" } }), "\x1b[31mno\x1b[0m");
});

test("lines are as wide as the terminal, or as COLUMNS says, and not too narrow to tell anything", () => {
  const width = (given) => place(given).out.width;
  assert.equal(width(), 80);
  assert.equal(width({ columns: 0 }), 100);
  assert.equal(width({ columns: 0, env: { COLUMNS: "40" } }), 40);
  assert.equal(width({ columns: 5 }), 24);
});

test("a dumb terminal has no colours, and no line that is drawn over itself", () => {
  const { out } = place({ env: { TERM: "dumb" } });
  assert.equal(out.paint("red", "no"), "no");
  assert.equal(out.errorTerminal, false);
  assert.equal(place({ env: { TERM: "xterm" } }).out.errorTerminal, true);
});

test("FORCE_COLOR decides over all else", () => {
  const painted = (given) => place(given).out.paint("red", "no");
  for (const FORCE_COLOR of ["", "1", "2", "3", "true"]) {
    assert.equal(painted({ isTTY: false, env: { FORCE_COLOR } }), "\x1b[31mno\x1b[0m");
    assert.equal(painted({ env: { FORCE_COLOR, NO_COLOR: "1", TERM: "dumb" } }), "\x1b[31mno\x1b[0m");
  }
  for (const FORCE_COLOR of ["0", "false", "no"]) {
    assert.equal(painted({ env: { FORCE_COLOR } }), "no");
  }
});

test("a status line is drawn over itself, and goes before anything else is written", () => {
  const { out, written } = place();
  out.status("");
  out.status("a");
  out.status("b");
  out.problem("broken");
  out.status("c");
  out.text("record\n");
  out.status("");
  assert.deepEqual(written, [
    ["err", "\r\x1b[Ka"],
    ["err", "\r\x1b[Kb"],
    ["err", "\r\x1b[K"],
    ["err", "broken\n"],
    ["err", "\r\x1b[Kc"],
    ["err", "\r\x1b[K"],
    ["out", "record\n"],
  ]);
});
