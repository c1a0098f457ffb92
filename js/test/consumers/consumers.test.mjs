// The packed package in real projects. KAFKALENS_CONSUMERS is "quick", "slow", "all" or a list of names.

import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { packed } from "../support/packed.mjs";
import { consume } from "./harness.mjs";
import { CONSUMERS } from "./table.mjs";

const asked = process.env.KAFKALENS_CONSUMERS ?? "quick";
const wanted = ({ name, quick = false }) =>
  asked === "all" ||
  (asked === "quick" && quick) ||
  (asked === "slow" && !quick) ||
  asked.split(",").includes(name);

let { KAFKALENS_TARBALL: tarball } = process.env;
if (tarball === undefined) {
  const here = dirname(fileURLToPath(import.meta.url));
  const pkg = packed(join(here, "..", "..", "..", "pkg"));
  tarball = pkg.tarball;
  after(pkg.remove);
}

for (const consumer of CONSUMERS.filter(wanted)) {
  const skip = consumer.on?.includes(process.platform) === false && `not on ${process.platform}`;
  test(consumer.name, { skip }, () => consume(consumer, tarball));
}
