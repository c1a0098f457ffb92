/** `kafkaHandler`: a function for each record, as a Lambda handler. */

import type { Config } from "../config.js";
import { configError } from "../errors.js";
import { Deadline, LATE } from "./deadline.js";
import type { RecordFailure } from "./failure.js";
import { Invocation, type Work } from "./invocation.js";
import { lanes } from "./lanes.js";
import { log, Telling } from "./telling.js";
import type {
  BatchDecoder,
  BatchResponse,
  HandlerConfig,
  HandlerContext,
  HandlerOptions,
  KafkaHandler,
  LambdaContext,
  RecordHandler,
} from "./types.js";

/** A Lambda handler over decoders that `create` makes. The decoder is begun at once, while the function is initialised. */
export function handler<K, V>(
  create: (config: Config) => Promise<BatchDecoder<K, V>>,
  config: HandlerConfig,
  handle: RecordHandler<K, V>,
): KafkaHandler {
  const { options, decoding } = split(config);
  const decoder = create(decoding);
  // Told by each invocation.
  decoder.catch(() => {});
  const work = {
    handle,
    poison: options.poison ?? "fail",
    concurrency: options.concurrency ?? 1,
    failFast: options.failures !== "report",
    configured: configured(decoding),
  };
  return async (event, lambdaContext) => {
    const deadline = new Deadline(lambdaContext, options.deadlineMargin ?? 1_000);
    const context = contextOf(lambdaContext, deadline.signal);
    const telling = new Telling((failure: RecordFailure) => (options.onFailure ?? log)(failure, context));
    const told = telling.tell;
    try {
      const ready = await decoder;
      const decoded = await deadline.race(ready.batch(event));
      // Where time is up before the schemas have come, every record fails for that.
      const batch = decoded === LATE ? ready.decodeEvent(event) : decoded;
      const invocation = new Invocation({ ...work, told }, context, deadline);
      return response(await invocation.run(lanes(batch, event, options.mode ?? "stream"), batch.length));
    } finally {
      await deadline.race(telling.done());
      deadline.clear();
    }
  };
}

function response(failures: readonly RecordFailure[]): BatchResponse {
  return {
    batchItemFailures: failures.map(({ partitionKey, offset }) => ({
      itemIdentifier: { partition: partitionKey, offset: offset! },
    })),
  };
}

/** The names of {@link HandlerOptions}, and what they may be. */
const OPTIONS: { readonly [N in keyof Required<HandlerOptions>]: (value: unknown) => boolean } = {
  failures: (value) => value === "throw" || value === "report",
  mode: (value) => value === "stream" || value === "queue",
  poison: (value) => value === "fail" || calls(value, "skip") !== calls(value, "sink"),
  concurrency: (value) => typeof value === "number" && value >= 1,
  deadlineMargin: (value) => typeof value === "number" && value >= 0,
  onFailure: (value) => typeof value === "function",
};

/** The two parts of a handler's configuration. */
function split(config: HandlerConfig): { options: HandlerOptions; decoding: Config } {
  const { failures, mode, poison, concurrency, deadlineMargin, onFailure, ...decoding } = config;
  const options = { failures, mode, poison, concurrency, deadlineMargin, onFailure };
  for (const [name, allowed] of Object.entries(OPTIONS)) {
    const value = options[name as keyof HandlerOptions];
    if (value !== undefined && !allowed(value)) {
      throw configError(`expected what \`${name}\` may be, found something else`, "see docs/lambda.md");
    }
  }
  return { options: options as HandlerOptions, decoding };
}

function calls(policy: unknown, name: string): boolean {
  return typeof (policy as Record<string, unknown> | null | undefined)?.[name] === "function";
}

function configured({ key, value, topics = {} }: Config): Work<unknown, unknown>["configured"] {
  const all = { key, value };
  return (topic, side) =>
    (all[side] ?? (topic !== null && Object.hasOwn(topics, topic) ? topics[topic]?.[side] : undefined)) !==
    undefined;
}

/** Lambda's context, unchanged, behind one that has a signal. */
function contextOf(context: LambdaContext | undefined, signal: AbortSignal): HandlerContext {
  return Object.create(context ?? null, { signal: { value: signal, enumerable: true } }) as HandlerContext;
}
