/** `kafkaHandler`: a function for each record, as a Lambda handler. */

import type { Config } from "../config.js";
import { configError, DecodeError, isDecodeError } from "../errors.js";
import { Deadline, LATE } from "./deadline.js";
import type { RecordFailure } from "./failure.js";
import { Invocation, type Work } from "./invocation.js";
import { lanes } from "./lanes.js";
import { split } from "./options.js";
import { log, Telling } from "./telling.js";
import type {
  BatchDecoder,
  BatchResponse,
  HandlerConfig,
  HandlerContext,
  KafkaHandler,
  LambdaContext,
  RecordHandler,
} from "./types.js";

/**
 * A Lambda handler over decoders that `create` makes. The decoder is begun at once, while the function is initialised: a
 * configuration that is refused at once fails then.
 */
export function handler<K, V>(
  create: (config: Config) => Promise<BatchDecoder<K, V>>,
  config: HandlerConfig,
  handle: RecordHandler<K, V>,
): KafkaHandler {
  if (typeof handle !== "function") {
    throw configError(
      "expected a function for each record as the second argument, found something else",
      "`kafkaHandler(config, async (record) => { … })`",
    );
  }
  const { options, decoding } = split(config);
  const decoder = begun(() => create(decoding));
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

/** A decoder that is being made; what is wrong with its configuration may be a handler's name. */
function begun<T>(create: () => Promise<T>): Promise<T> {
  const refused = (thrown: unknown): never => {
    const unnamed =
      isDecodeError(thrown) && thrown.code === "CONFIG_INVALID" && !thrown.hint?.includes("lambda.md");
    const hint =
      "names and values are those of docs/options.md, and those of docs/lambda.md such as `failures`";
    throw unnamed ? new DecodeError({ ...thrown.toJSON(), hint }) : thrown;
  };
  try {
    return create().catch(refused);
  } catch (thrown) {
    return refused(thrown);
  }
}

function response(failures: readonly RecordFailure[]): BatchResponse {
  return {
    batchItemFailures: failures.map(({ partitionKey, offset }) => ({
      itemIdentifier: { partition: partitionKey, offset: offset! },
    })),
  };
}

function configured({ key, value, topics = {} }: Config): Work<unknown, unknown>["configured"] {
  const all = { key, value };
  return (topic, side) =>
    (all[side] ?? (topic !== null && Object.hasOwn(topics, topic) ? topics[topic]?.[side] : undefined)) !==
    undefined;
}

/** What Lambda's context has, and a signal; Lambda's own is left as it is. */
function contextOf(given: LambdaContext | undefined, signal: AbortSignal): HandlerContext {
  const context = given ?? {};
  // By descriptors: Lambda's has accessors, which setting a property must reach.
  return Object.create(Object.getPrototypeOf(context), {
    ...Object.getOwnPropertyDescriptors(context),
    signal: { value: signal, enumerable: true },
  }) as HandlerContext;
}
