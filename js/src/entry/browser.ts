import { instances } from "kafkalens:core";
import { bindLater, compileFrom } from "../load.js";

// Bundlers know this form, copy the file and put its new address here.
const api = bindLater(instances, () => compileFrom(new URL("./kafkalens_core.wasm", import.meta.url)));
/** A decoder for a configuration. Rejects with a `DecodeError` where the configuration is not valid. */
export const createDecoder = api.createDecoder;
/** The same at once, without a schema source, once `createDecoder` has been awaited. Throws a `TypeError` before that. */
export const createDecoderSync = api.createDecoderSync;
/** A Lambda handler that calls a function for each record. */
export const kafkaHandler = api.kafkaHandler;
export * from "../index.js";
