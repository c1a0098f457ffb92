import { instances } from "kafkalens:core";
import type { Api } from "../bind.js";
import { bindLater, compileSource } from "../load.js";

export type { Api } from "../bind.js";
export * from "../index.js";

/**
 * The functions that make decoders, over a WebAssembly module that you bring: `kafkalens/kafkalens_core.wasm` of this
 * version as a compiled `WebAssembly.Module`, as its bytes, as a `Response`, or a promise of one of these.
 */
export async function load(wasm: object | PromiseLike<object>): Promise<Api> {
  const module = await compileSource(await wasm);
  return bindLater(
    instances,
    async () => module,
    () => module,
  );
}
