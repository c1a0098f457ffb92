/** What the build puts in place: see js/build.mjs. */

declare module "kafkalens:core" {
  /** The bytes of the WebAssembly module. */
  export function wasm(): Uint8Array<ArrayBuffer>;
  /**
   * Makes instances, each with its own copy of wasm-bindgen's glue, of one module. That is compiled when first needed, so
   * that importing the package costs nothing, and kept.
   */
  export function instantiate(wasm: () => Uint8Array<ArrayBuffer>): () => import("./core.js").CoreInstance;
}
