/** Records as lines for programs. */

import type { Batch } from "../api.js";
import type { Output, Writer } from "./output.js";
import { failure, failuresOf, type RecordView, recordName, view } from "./view.js";

/** Lines that are written in one go. */
const AT_ONCE = 1000;

/** One line of JSON a record; what failed is told on standard error. */
export class Lines implements Writer {
  readonly #out: Output;
  #failed = 0;

  constructor(out: Output) {
    this.#out = out;
  }

  event(records: readonly string[], batch: () => Batch, told: (done: number) => void): void {
    for (let from = 0; from < records.length; from += AT_ONCE) {
      const some = records.slice(from, from + AT_ONCE);
      this.#out.text(some.map((record) => `${record}\n`).join(""));
      some.forEach((text, i) => {
        this.#tell(view(text), from + i, batch);
      });
      told(from + some.length);
    }
  }

  #tell(record: RecordView, index: number, batch: () => Batch): void {
    const failures = failuresOf(record);
    this.#failed += failures.length > 0 ? 1 : 0;
    for (const { side, error } of failures) {
      this.#out.problem(`${recordName(record)} ${failure(side, error, batch, index).join("\n  ")}`);
    }
  }

  end(): number {
    return this.#failed;
  }
}
