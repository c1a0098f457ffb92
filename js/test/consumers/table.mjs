// The consumers: projects as users have them, each a folder beside this file. In a copy of it, with its dependencies and the
// packed package installed, `npm test` must print "decoded" and the sample's id as often as said here.
//
//   quick    whether every test run has it; the others are for `cargo xtask test --full`
//   prints   how often
//   on       the platforms that it is for, where not for all
//   dist     a folder that `npm test` leaves, to be opened in Chromium; its page prints the same, `onPage` times
//   dev      a command that serves the project while it is developed; its page prints the same
//   beyond   what else is done in its folder

import { vectorsInWorkerd } from "./workerd-vectors.mjs";

export const CONSUMERS = [
  { name: "node-esm", quick: true, prints: 2 },
  { name: "node-cjs", quick: true, prints: 1 },
  { name: "node-both", quick: true, prints: 1 },
  { name: "node-oldest", quick: true, prints: 4, on: ["linux"] },
  { name: "lambda-esbuild", quick: true, prints: 4 },
  { name: "typescript-5.0", quick: true, prints: 0 },
  { name: "script", quick: true, prints: 0, dist: "dist", onPage: 2 },
  { name: "rollup", prints: 2 },
  { name: "webpack", prints: 1, dist: "dist", onPage: 1 },
  { name: "vite", prints: 0, dist: "dist", dev: ["vite", "--host", "127.0.0.1", "--port", "0"], onPage: 3 },
  { name: "next", prints: 2 },
  { name: "vitest", prints: 2 },
  { name: "jest", prints: 2 },
  { name: "workerd", prints: 2, beyond: vectorsInWorkerd },
  { name: "deno", prints: 2 },
  { name: "bun", prints: 4 },
];
