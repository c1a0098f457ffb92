/** Records as a table for people. */

import type { Batch } from "../api.js";
import { visible, visibleLine } from "../visible.js";
import { count } from "./amounts.js";
import { gaps, length, line } from "./columns.js";
import type { Output, Writer } from "./output.js";
import { failure, failuresOf, type RecordView, recordName, view } from "./view.js";

interface Row {
  cells: [string, string, string, string];
  failed: boolean;
  below: string[];
}

/** Keeps all rows, since the columns' widths follow from them. */
export class Table implements Writer {
  readonly #out: Output;
  readonly #rows: Row[] = [];
  readonly #codes = new Map<string, number>();
  #tombstones = 0;

  constructor(out: Output) {
    this.#out = out;
  }

  event(records: readonly string[], batch: () => Batch, told: (done: number) => void): void {
    records.forEach((text, index) => {
      const record = view(text);
      const failures = failuresOf(record);
      for (const { error } of failures) {
        this.#codes.set(error.code, (this.#codes.get(error.code) ?? 0) + 1);
      }
      this.#tombstones += record.value.has("tombstone") ? 1 : 0;
      this.#rows.push({
        cells: cells(record),
        failed: failures.length > 0,
        below: failures.flatMap(({ side, error }) => {
          const [first, ...rest] = failure(side, error, batch, index);
          return [`  ${first}`, ...rest.map((line) => `    ${line}`)];
        }),
      });
      told(index + 1);
    });
  }

  end(): number {
    const widths = this.#widths();
    const lines = [this.#out.paint("bold", line(["RECORD", "KEY", "VALUE", "SCHEMA"], widths))];
    for (const { cells, failed, below } of this.#rows) {
      const text = line(cells, widths);
      lines.push(failed ? this.#out.paint("red", text) : text, ...below);
    }
    const failed = this.#rows.filter((row) => row.failed).length;
    this.#out.text(`${lines.join("\n")}\n\n${this.#summary(failed)}\n`);
    return failed;
  }

  #summary(failed: number): string {
    const codes = [...this.#codes].map(([code, count]) => (count === 1 ? code : `${code} × ${count}`));
    const parts = [count(this.#rows.length, "record")];
    if (this.#tombstones > 0) {
      parts.push(count(this.#tombstones, "tombstone"));
    }
    parts.push(failed === 0 ? "none failed" : `${failed} failed: ${codes.join(", ")}`);
    return failed === 0 ? this.#out.paint("dim", parts.join(", ")) : this.#out.paint("red", parts.join(", "));
  }

  /** The value takes what the others leave; the key at most a third. */
  #widths(): number[] {
    const total = this.#out.width - gaps(4);
    const widest = (i: number, title: string) =>
      this.#rows.reduce((most, { cells }) => Math.max(most, length(cells[i]!)), title.length);
    const record = Math.min(widest(0, "RECORD"), Math.floor(total / 3));
    const schema = Math.min(widest(3, "SCHEMA"), Math.floor(total / 4));
    const key = Math.min(widest(1, "KEY"), Math.floor((total - record - schema) / 3));
    return [record, key, Math.min(widest(2, "VALUE"), total - record - schema - key), schema];
  }
}

function cells(record: RecordView): Row["cells"] {
  const schema = [record.key, record.value].flatMap((side) => side.get("schema") ?? []);
  const shown = [...new Set(schema)].map((text) => visibleLine(JSON.parse(text) as string)).join(" ");
  return [recordName(record), cell(record.key), cell(record.value), shown];
}

function cell(side: ReadonlyMap<string, string>): string {
  const value = side.get("value");
  if (value !== undefined) {
    return visible(value);
  }
  const tombstone = side.get("tombstone");
  return tombstone === undefined ? "✗" : `(${JSON.parse(tombstone)})`;
}
