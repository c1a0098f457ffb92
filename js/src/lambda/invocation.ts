/** One batch, worked through. */

import { type DecodeError, isDecodeError } from "../errors.js";
import type { LazyRecord } from "../record.js";
import { SIDES, type SideName } from "../side.js";
import { type Deadline, LATE } from "./deadline.js";
import { BatchError, type FailureKind, isRetryable, RecordFailure } from "./failure.js";
import type { Item, Lane } from "./lanes.js";
import type { DeliveredRecord, HandlerContext, PoisonPolicy, PoisonRecord, RecordHandler } from "./types.js";

/** What a batch is worked through by. */
export interface Work<K, V> {
  readonly handle: RecordHandler<K, V>;
  readonly poison: PoisonPolicy;
  readonly concurrency: number;
  /** Whether the first failure ends the invocation: all of the batch comes again. */
  readonly failFast: boolean;
  /** Whether a side of a topic has a configuration, and so is read before the function is called. */
  readonly configured: (topic: string | null, side: SideName) => boolean;
  readonly told: (failure: RecordFailure) => void;
}

/** Errors for which a record is never passed over: nothing is wrong with it. */
const NOT_THE_RECORD = new Set(["CONFIG_INVALID", "INTERNAL", "OUTPUT_ASYNC", "SCHEMA_MISSING"]);

/** Whether a record is to blame for an error. Of a source's errors only for the one that it names what nobody has. */
function isToBlame({ category, code, retryable }: DecodeError): boolean {
  return !retryable && (category === "source" ? code === "SOURCE_NOT_FOUND" : !NOT_THE_RECORD.has(code));
}

/** Works through a batch. */
export class Invocation<K, V> {
  readonly #work: Work<K, V>;
  readonly #context: HandlerContext;
  readonly #deadline: Deadline;
  readonly #failures: RecordFailure[] = [];
  #stopped = false;

  constructor(work: Work<K, V>, context: HandlerContext, deadline: Deadline) {
    this.#work = work;
    this.#context = context;
    this.#deadline = deadline;
  }

  /** Works through the lanes; gives what failed. Throws a {@link BatchError} where the invocation is to fail. */
  async run(lanes: readonly Lane<K, V>[], records: number): Promise<readonly RecordFailure[]> {
    this.#requireSchemas(lanes, records);
    const waiting = lanes.values();
    const workers = Math.min(Math.max(1, Math.floor(this.#work.concurrency)), lanes.length);
    const worker = async (): Promise<void> => {
      for (const lane of waiting) {
        await this.#runLane(lane);
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    const failed = this.#failures;
    if (failed.length > 0 && (this.#work.failFast || failed.some(mustThrow))) {
      throw new BatchError(failed, records);
    }
    return failed;
  }

  /** Before the first record: where a schema could not be had for now, nothing is begun that would be done twice. */
  #requireSchemas(lanes: readonly Lane<K, V>[], records: number): void {
    for (const { record, place } of lanes.flat()) {
      const error = record.faults().find((fault) => fault.retryable);
      if (error !== undefined) {
        this.#fail("setup", { record, place }, error);
      }
    }
    if (this.#failures.length > 0) {
      throw new BatchError(this.#failures, records);
    }
  }

  async #runLane(lane: Lane<K, V>): Promise<void> {
    // What is being worked on leaves the lane: a large batch may go bit by bit.
    for (let item = lane.shift(); item !== undefined && !this.#stopped; item = lane.shift()) {
      if (!(await this.#runRecord(item))) {
        this.#stopped ||= this.#work.failFast;
        return;
      }
    }
  }

  /** Whether the record is done with. */
  async #runRecord(item: Item<K, V>): Promise<boolean> {
    if (this.#deadline.passed) {
      return this.#fail("deadline", item);
    }
    const { record } = item;
    try {
      if ((await this.#deadline.race(record.settle())) === LATE) {
        return this.#fail("deadline", item);
      }
      const unread = this.#unread(record);
      if (unread !== undefined) {
        return await this.#refuse(item, unread);
      }
      const done = await this.#deadline.race(
        this.#work.handle(record as DeliveredRecord<K, V>, this.#context),
      );
      return done === LATE ? this.#fail("deadline", item) : true;
    } catch (thrown) {
      const own = isDecodeError(thrown) && record.errors().includes(thrown);
      return own ? this.#refuse(item, thrown) : this.#fail("handler", item, thrown);
    }
  }

  /**
   * The error of the record as a whole, or of a side that the configuration names: another is read when the function asks
   * for it.
   */
  #unread(record: LazyRecord<K, V>): DecodeError | undefined {
    const { topic } = record;
    for (const side of SIDES) {
      const named = this.#work.configured(topic, side) || topic === null;
      const error = named || record.broken ? record.error(side) : undefined;
      if (error !== undefined && (named || error.code === "EVENT_RECORD_SHAPE")) {
        return error;
      }
    }
    return undefined;
  }

  /** Does with a record that can't be read what the policy says. */
  async #refuse(item: Item<K, V>, error: DecodeError): Promise<boolean> {
    const { poison } = this.#work;
    if (!isToBlame(error)) {
      return this.#fail("setup", item, error);
    }
    if (poison === "fail") {
      return this.#fail("poison", item, error);
    }
    const context = this.#context;
    const taken = async (): Promise<unknown> =>
      "skip" in poison
        ? poison.skip(item.record, error, context)
        : poison.sink(poisonRecord(item.record, error), context);
    try {
      const done = await this.#deadline.race(taken());
      return done === LATE ? this.#fail("deadline", item) : true;
    } catch (thrown) {
      return this.#fail("handler", item, thrown);
    }
  }

  #fail(kind: FailureKind, { place }: Item<K, V>, error?: unknown): false {
    const failure = new RecordFailure(kind, place, error);
    this.#failures.push(failure);
    this.#work.told(failure);
    return false;
  }
}

/** Failures that a response can't tell: the mapping would take a batch as done, or skip a good record. */
function mustThrow(failure: RecordFailure): boolean {
  return failure.offset === null || (failure.kind !== "deadline" && isRetryable(failure));
}

function poisonRecord(record: LazyRecord<unknown, unknown>, error: DecodeError): PoisonRecord {
  const { topic, partition, offset, timestamp, timestampType } = record;
  return {
    id: record.id ?? "",
    topic: topic ?? "",
    partition: partition ?? -1,
    offset: offset ?? -1,
    timestamp,
    timestampType,
    headers: record.headers.toJSON(),
    key: record.originalKey ?? null,
    value: record.originalValue ?? null,
    error: error.toJSON(),
  };
}
