import { instances } from "kafkalens:core";
import module from "kafkalens:module";
import { bind } from "../bind.js";

const api = bind({ instantiate: () => instances.now(module) });
/** A decoder for a configuration. Rejects with a `DecodeError` where the configuration is not valid. */
export const createDecoder = api.createDecoder;
/** The same at once, without a schema source. Throws a `DecodeError` where the configuration is not valid. */
export const createDecoderSync = api.createDecoderSync;
/** A Lambda handler that calls a function for each record. */
export const kafkaHandler = api.kafkaHandler;
export * from "../index.js";
