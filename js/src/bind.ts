/** Binds the library to a platform: library code never imports WebAssembly, an entry injects it. */

import type { Decoder } from "./api.js";
import type { Config } from "./config.js";
import type { Platform } from "./core.js";
import { CoreDecoder, requireNoSource } from "./decoder.js";

/** What an entry with synchronous WebAssembly exports beside the library. */
export interface SyncApi {
  /** A decoder for a configuration. Rejects with a `DecodeError` where the configuration is not valid. */
  createDecoder<K = unknown, V = unknown>(config?: Config): Promise<Decoder<K, V>>;
  /** The same at once, without a schema source. Throws a `DecodeError` where the configuration is not valid. */
  createDecoderSync<K = unknown, V = unknown>(config?: Config): Decoder<K, V>;
}

/** The functions that make decoders on a platform. */
export function bind(platform: Platform): SyncApi {
  return {
    async createDecoder<K, V>(config: Config = {}): Promise<Decoder<K, V>> {
      return new CoreDecoder<K, V>(platform, config);
    },
    createDecoderSync<K, V>(config: Config = {}): Decoder<K, V> {
      requireNoSource(config);
      return new CoreDecoder<K, V>(platform, config);
    },
  };
}
