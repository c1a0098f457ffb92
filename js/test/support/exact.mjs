// JSON as it stands: values that keep integers exact, and the text of members without parsing and printing them.

/** The value of a JSON text; an integer beyond what a number holds exactly is a bigint. */
export function parseExact(text) {
  return whole(text, (reader) => reader.value());
}

/** The members of a JSON object, each as its text. */
export function members(text) {
  return whole(text, (reader) => reader.object((name) => [name, reader.raw()]));
}

/** The items of a JSON array, each as its text. */
export function items(text) {
  return whole(text, (reader) => reader.array(() => reader.raw()));
}

function whole(text, read) {
  const reader = new Reader(text);
  const result = read(reader);
  reader.end();
  return result;
}

class Reader {
  #text;
  #at = 0;

  constructor(text) {
    this.#text = text;
  }

  value() {
    switch (this.#peek()) {
      case "{":
        return this.object((name) => [name, this.value()]);
      case "[":
        return this.array(() => this.value());
      default:
        return scalar(this.#scalar());
    }
  }

  /** The text of the value that comes next. */
  raw() {
    this.#peek();
    const start = this.#at;
    this.value();
    return this.#text.slice(start, this.#at);
  }

  object(member) {
    const entries = [];
    this.#list("{", "}", () => {
      const name = JSON.parse(this.#scalar());
      this.#take(":");
      entries.push(member(name));
    });
    return Object.fromEntries(entries);
  }

  array(item) {
    const list = [];
    this.#list("[", "]", () => list.push(item()));
    return list;
  }

  end() {
    if (this.#peek() !== undefined) {
      throw new SyntaxError("text behind the JSON document");
    }
  }

  #list(open, close, each) {
    this.#take(open);
    if (this.#peek() === close) {
      this.#at++;
      return;
    }
    for (;;) {
      each();
      if (this.#peek() === close) {
        this.#at++;
        return;
      }
      this.#take(",");
    }
  }

  #peek() {
    while (/\s/.test(this.#text[this.#at] ?? "")) {
      this.#at++;
    }
    return this.#text[this.#at];
  }

  #take(character) {
    if (this.#peek() !== character) {
      throw new SyntaxError(`expected ${character} at ${this.#at}`);
    }
    this.#at++;
  }

  #scalar() {
    this.#peek();
    const token = /"(?:[^"\\]|\\.)*"|[-+.\w]+/y;
    token.lastIndex = this.#at;
    const match = token.exec(this.#text);
    if (match === null) {
      throw new SyntaxError(`expected a value at ${this.#at}`);
    }
    this.#at = token.lastIndex;
    return match[0];
  }
}

function scalar(token) {
  const value = JSON.parse(token);
  return /^-?\d+$/.test(token) && !Number.isSafeInteger(value) ? BigInt(token) : value;
}
