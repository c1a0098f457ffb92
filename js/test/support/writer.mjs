// Writes tapes as src/sink/tape.rs does, so that materializers can be tested without the core.

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** A tape and its table. */
export class Writer {
  ints = [];
  floats = [];
  bigs = [];
  latin = "";
  wide = "";
  binary = [];
  table = [];
  /** Some keys have numbers, others are text. */
  keys = ["a", "__proto__", "日本"];

  /** Begins a row of the table: the next value is its. */
  row(plan = 0, status = 0) {
    const { ints, floats, bigs, latin, wide, binary } = this;
    this.table.push(status, plan, ...[ints, floats, bigs, latin, wide, binary].map((part) => part.length), 0);
    return this;
  }

  int(...words) {
    this.ints.push(...words);
    return this;
  }

  double(v) {
    this.floats.push(v);
    return this;
  }

  long(v) {
    if (v >= -MAX_SAFE && v <= MAX_SAFE) {
      this.floats.push(Number(v));
    } else {
      this.floats.push(Number.NaN);
      this.bigs.push(BigInt.asIntN(64, v));
    }
    return this;
  }

  text(v) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Latin-1 is these.
    if (/^[\x00-\xff]*$/.test(v)) {
      this.latin += v;
      this.ints.push(v.length);
    } else {
      this.wide += v;
      this.ints.push(-v.length - 1);
    }
    return this;
  }

  bytes(v) {
    this.binary.push(...v);
    this.ints.push(v.length);
    return this;
  }

  /** A map's key: by number where it has one. */
  key(name) {
    const number = this.keys.indexOf(name);
    return number < 0 ? this.int(-1).text(name) : this.int(number);
  }

  /** What the materializers take, with something before each part, as in a core's memory. */
  done() {
    const before = [-7, -7, -7];
    return {
      ints: Int32Array.from([...before, ...this.table, ...this.ints]),
      floats: Float64Array.from([...before, ...this.floats]),
      bigs: BigInt64Array.from([-7n, ...this.bigs]),
      latin: this.latin,
      wide: this.wide,
      binary: Uint8Array.from([...before, ...this.binary]),
      keys: this.keys,
      templates: [],
      rows: 3,
      c: 3 + this.table.length,
      j: 3,
      b: 1,
      k: 3,
    };
  }
}
