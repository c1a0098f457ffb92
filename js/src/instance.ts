/** One decoder in one WebAssembly instance, replaced when that traps: a trap leaves an instance unusable for good. */

import type { SchemaDocument } from "./config.js";
import type { Core, CoreInstance, ErrorDocument, Platform } from "./core.js";
import { DecodeError, internalError } from "./errors.js";
import { type Materializer, materializer } from "./materialize/index.js";
import type { Shape } from "./materialize/shape.js";
import type { Source } from "./side.js";
import { ROW, Status, snapshot } from "./tape.js";

/** A WebAssembly instance with its decoder, and what is needed to make it anew. */
export class Instance {
  readonly #platform: Platform;
  readonly #config: string;
  readonly #schemas = new Map<string, string>();
  #running: Running | undefined;

  /** A new instance for a configuration, which may be refused. */
  constructor(platform: Platform, config: string) {
    this.#platform = platform;
    this.#config = config;
    this.#running = this.#start();
  }

  /** Calls the core. What it throws becomes a {@link DecodeError}; after a trap the next call has a new instance. */
  call<T>(use: (core: Core) => T): T {
    return this.#guard((running) => use(running.core));
  }

  /** Calls the core and takes over what it left on the tape. */
  decode(use: (core: Core) => string): { document: string; source: Source } {
    return this.#guard((running) => {
      const document = use(running.core);
      return { document, source: running.source(this.#platform) };
    });
  }

  /** Adds a schema, also to the instances that may follow this one. */
  addSchema(schema: SchemaDocument): void {
    const text = JSON.stringify(schema);
    // Kept even where it is refused: the core may remember why, for the records that name it.
    this.#schemas.set(schema.reference, text);
    this.call((core) => core.addSchema(text));
  }

  /** Says why a schema can't be had: the error of the records that name it, until it is added after all. */
  addFailure(reference: string, error: DecodeError): void {
    this.call((core) => core.addSchema(JSON.stringify({ reference, error })));
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#running?.core.free();
    this.#running = undefined;
  }

  #guard<T>(use: (running: Running) => T): T {
    if (this.#running === undefined) {
      throw new TypeError("this decoder has been disposed of");
    }
    try {
      return use(this.#running);
    } catch (thrown) {
      if (isTrap(thrown)) {
        this.#running = this.#start();
        throw internalError(thrown);
      }
      throw asDecodeError(thrown);
    }
  }

  #start(): Running {
    const instance = this.#platform.instantiate();
    let core: Core;
    try {
      core = new instance.Core(this.#config);
    } catch (thrown) {
      throw asDecodeError(thrown);
    }
    for (const schema of this.#schemas.values()) {
      readd(core, schema);
    }
    return new Running(instance, core);
  }
}

/** What lives as long as one WebAssembly instance. */
class Running {
  readonly core: Core;
  readonly #instance: CoreInstance;
  readonly #materializers = new Map<number, Materializer>();

  constructor(instance: CoreInstance, core: Core) {
    this.#instance = instance;
    this.core = core;
  }

  /** The tape of the last call, with a materializer for each of its plans. */
  source(platform: Platform): Source {
    const taken = snapshot(this.#instance, this.core, platform);
    for (let at = 0; at < taken.table.length; at += ROW) {
      if (taken.table[at] === Status.Value) {
        this.#materializer(taken.table[at + 1]!);
      }
    }
    return { ...taken, materializers: this.#materializers };
  }

  #materializer(plan: number): void {
    if (!this.#materializers.has(plan)) {
      const shape = JSON.parse(this.core.shape(plan)) as Shape;
      this.#materializers.set(plan, materializer(shape));
    }
  }
}

/** Adds a schema that was added before, when whoever added it was told of a refusal. */
function readd(core: Core, schema: string): void {
  try {
    core.addSchema(schema);
  } catch (thrown) {
    if (typeof thrown !== "string") {
      throw thrown;
    }
  }
}

/** A trap, or the engine's own stack ending inside WebAssembly. */
function isTrap(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;
}

/** The core throws an error's JSON text. */
function asDecodeError(thrown: unknown): unknown {
  return typeof thrown === "string" ? new DecodeError(JSON.parse(thrown) as ErrorDocument) : thrown;
}
