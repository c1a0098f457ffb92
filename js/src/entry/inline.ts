import { wasm } from "kafkalens:bytes";
import { instances } from "kafkalens:core";
import { bindLater } from "../load.js";

const now = () => new WebAssembly.Module(wasm());
const api = bindLater(instances, async () => WebAssembly.compile(wasm()), now);
/** A decoder for a configuration. Rejects with a `DecodeError` where the configuration is not valid. */
export const createDecoder = api.createDecoder;
/** The same at once, without a schema source. On a page's main thread, once `createDecoder` has been awaited. */
export const createDecoderSync = api.createDecoderSync;
/** A Lambda handler that calls a function for each record. */
export const kafkaHandler = api.kafkaHandler;
export * from "../index.js";
