import { wasm } from "kafkalens:bytes";
import { instances } from "kafkalens:core";
import { bind } from "../bind.js";
import { byBuffer } from "../latin1.js";

let module: WebAssembly.Module | undefined;
const instantiate = () => {
  // Compiled when first needed, so that importing the package costs nothing.
  module ??= new WebAssembly.Module(wasm());
  return instances.now(module);
};
const api = bind({ instantiate, latin1: byBuffer });
/** A decoder for a configuration. Rejects with a `DecodeError` where the configuration is not valid. */
export const createDecoder = api.createDecoder;
/** The same at once, without a schema source. Throws a `DecodeError` where the configuration is not valid. */
export const createDecoderSync = api.createDecoderSync;
/** A Lambda handler that calls a function for each record. */
export const kafkaHandler = api.kafkaHandler;
export * from "../index.js";
