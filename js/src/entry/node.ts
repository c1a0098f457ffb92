import { instantiate, wasm } from "kafkalens:core";
import { bind } from "../bind.js";
import { bufferLatin1 } from "../tape.js";

const api = bind({ instantiate: instantiate(wasm), latin1: bufferLatin1 });
/** A decoder for a configuration. Rejects with a `DecodeError` where the configuration is not valid. */
export const createDecoder = api.createDecoder;
/** The same at once, without a schema source. Throws a `DecodeError` where the configuration is not valid. */
export const createDecoderSync = api.createDecoderSync;
export * from "../index.js";
