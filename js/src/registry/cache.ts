/** What sources keep: found schemas for good, since an id never changes its meaning; misses briefly. */

import type { SchemaDocument, SchemaSource } from "../config.js";
import type { DecodeError } from "../errors.js";
import { DURATION, type Rules, whole } from "../rules.js";
import { asSourceError } from "./errors.js";

/** How a source keeps what it fetched. */
export interface CacheOptions {
  /** Milliseconds for which a schema that was not found is not asked for again. Default 10,000. */
  missFor?: number;
  /** How many requests run at the same time. Default 8. */
  parallel?: number;
}

/** What {@link CacheOptions} may be. */
export const CACHE_RULES: Rules<CacheOptions> = { missFor: DURATION, parallel: whole(1) };

/** Misses that are kept: their ids come from payloads, so that anyone could make up more. */
const MISSES = 1_000;

/** A failure that asking again at once would only repeat. */
const MISSED = new Set(["SOURCE_NOT_FOUND", "SOURCE_UNSUPPORTED", "SOURCE_SCHEMA_STATUS"]);

/** A source with a cache: one request for each reference, however many ask at the same time. */
export class CachedSource implements SchemaSource {
  readonly #load: (reference: string) => Promise<SchemaDocument>;
  readonly #found = new Map<string, Promise<SchemaDocument>>();
  readonly #missed = new Map<string, { error: DecodeError; until: number }>();
  readonly #missFor: number;

  /** A cache in front of what loads a schema. */
  constructor(load: (reference: string) => Promise<SchemaDocument>, options: CacheOptions = {}) {
    this.#load = load;
    this.#missFor = options.missFor ?? 10_000;
  }

  fetch(reference: string): Promise<SchemaDocument> {
    const missed = this.#missed.get(reference);
    if (missed !== undefined && missed.until > Date.now()) {
      return Promise.reject(missed.error);
    }
    let found = this.#found.get(reference);
    if (found === undefined) {
      found = this.#flight(reference);
      this.#found.set(reference, found);
    }
    return found;
  }

  async #flight(reference: string): Promise<SchemaDocument> {
    try {
      const document = await this.#load(reference);
      if (isFinal(document)) {
        this.#missed.delete(reference);
      } else {
        this.#found.delete(reference);
      }
      return document;
    } catch (thrown) {
      const error = asSourceError(thrown, reference);
      this.#found.delete(reference);
      if (MISSED.has(error.code)) {
        this.#miss(reference, error);
      }
      throw error;
    }
  }

  #miss(reference: string, error: DecodeError): void {
    this.#missed.delete(reference);
    this.#missed.set(reference, { error, until: Date.now() + this.#missFor });
    if (this.#missed.size > MISSES) {
      this.#missed.delete(this.#missed.keys().next().value!);
    }
  }
}

/** Whether a document never changes: its status may. */
function isFinal({ status }: SchemaDocument): boolean {
  return status === undefined || status === "AVAILABLE";
}
