// What a host says of its run of the vectors; tests/vectors/README.md tells the lines.

import { createHash } from "node:crypto";

/** Counts the cases that agreed and digests what they printed. */
export class Tally {
  #host;
  #areas = new Map();
  #cases = 0;
  #records = 0;
  #digest = createHash("sha256");

  /** A tally for a host's name. */
  constructor(host) {
    this.#host = host;
  }

  /** Counts a case, in order, with the document that the host printed for it. */
  add(vector, text) {
    const area = vector.name.split("/")[0];
    this.#areas.set(area, (this.#areas.get(area) ?? 0) + 1);
    this.#cases += 1;
    this.#records += vector.expect?.length ?? 0;
    this.#digest.update(`${vector.name}\t${text}\n`);
  }

  /** The lines that `cargo xtask test vectors` reads. */
  text() {
    const areas = [...this.#areas].map(([area, count]) => `${area}=${count}`).join(" ");
    return [
      `vectors: ${this.#cases} cases, ${this.#records} records in ${this.#host}`,
      `areas: ${areas} in ${this.#host}`,
      `digest: ${this.#digest.digest("hex")} in ${this.#host}`,
    ].join("\n");
  }
}
