/** What the build puts in place: see js/build/core.mjs. */

declare module "kafkalens:core" {
  /** Makes instances of the compiled module, each with its own copy of wasm-bindgen's glue. */
  export const instances: import("./load.js").Instances;
}

declare module "kafkalens:bytes" {
  /** The bytes of the WebAssembly module, which the file holds as text. */
  export function wasm(): Uint8Array<ArrayBuffer>;
}

declare module "kafkalens:module" {
  /** The WebAssembly module, compiled by a bundler or a runtime that takes it as an import. */
  const module: WebAssembly.Module;
  export default module;
}
