/** Binds the library to a platform: library code never imports WebAssembly, an entry injects it. */

import type { Decoder } from "./api.js";
import type { Config } from "./config.js";
import type { Platform } from "./core.js";
import { CoreDecoder, requireNoSource } from "./decoder.js";
import { handler } from "./lambda/handler.js";
import type { BatchDecoder, HandlerConfig, KafkaHandler, RecordHandler } from "./lambda/types.js";
import type { KeyOf, ValueOf } from "./typed.js";

/** What every entry exports beside the library. */
export interface Api {
  /** A decoder of text: without a configuration both sides are. */
  createDecoder(): Promise<Decoder<string, string>>;
  /** A decoder for a configuration, its records typed by it. Rejects with a `DecodeError` where it is not valid. */
  createDecoder<const C extends Config>(config?: Exact<C, Config>): Promise<Decoder<KeyOf<C>, ValueOf<C>>>;
  /** The same with the types of keys and values named. */
  createDecoder<K, V, const C extends Config = Config>(config?: Exact<C, Config>): Promise<Decoder<K, V>>;
  /** The same at once. */
  createDecoderSync(): Decoder<string, string>;
  /** The same without a schema source. Throws a `DecodeError` where the configuration is not valid. */
  createDecoderSync<const C extends Config>(config?: Exact<C, Config>): Decoder<KeyOf<C>, ValueOf<C>>;
  /** The same with the types of keys and values named. */
  createDecoderSync<K, V, const C extends Config = Config>(config?: Exact<C, Config>): Decoder<K, V>;
  /**
   * A Lambda handler that calls a function for each record: in order within a partition, several partitions at a time if
   * asked to. Records that can't be read are told from those for which the function fails, and what failed comes again, by
   * {@link HandlerOptions}. Make it outside of anything, once: `export const handler = kafkaHandler({ … }, async (record) => { … })`.
   *
   * It rejects with a {@link BatchError} where the invocation is to fail, with a {@link DecodeError} where the event is none.
   */
  kafkaHandler<const C extends HandlerConfig>(
    config: Exact<C, HandlerConfig>,
    handle: RecordHandler<KeyOf<C>, ValueOf<C>>,
  ): KafkaHandler;
  kafkaHandler<K, V, const C extends HandlerConfig = HandlerConfig>(
    config: Exact<C, HandlerConfig>,
    handle: RecordHandler<K, V>,
  ): KafkaHandler;
}

/** A configuration that has no names but those that are known. What asks for others, no configuration has. */
export type Exact<C, Known> =
  Misspelt<C, Known> extends true ? Known & { readonly misspelt: Other<C, Known> } : C;

/** The names that are not known. */
type Other<C, Known> = Exclude<keyof C, keyof Known>;

/** Whether there are such names. What a computed name is, and what a type parameter has, can't be told. */
type Misspelt<C, Known> = [Other<C, Known>] extends [never]
  ? false
  : [string] extends [Other<C, Known>]
    ? false
    : true;

/** How decoders are made on a platform. */
export interface Making {
  /** A decoder, when WebAssembly is ready. */
  later(config: Config): Promise<BatchDecoder<unknown, unknown>>;
  /** A decoder at once. */
  now(config: Config): BatchDecoder<unknown, unknown>;
}

/** The functions that make decoders, typed. */
export function api({ later, now }: Making): Api {
  const createDecoder = async (config: Config = {}) => later(config);
  return {
    createDecoder,
    kafkaHandler: (config: HandlerConfig, handle: RecordHandler<unknown, unknown>) =>
      handler(later, config, handle),
    createDecoderSync(config: Config = {}) {
      requireNoSource(config);
      return now(config);
    },
  } as Api;
}

/** The functions that make decoders on a platform whose WebAssembly is at hand. */
export function bind(platform: Platform): Api {
  const now = (config: Config) => new CoreDecoder<unknown, unknown>(platform, config);
  // Not asynchronous: what is wrong with a handler's configuration is told when it is made.
  return api({ now, later: (config) => Promise.resolve(now(config)) });
}
