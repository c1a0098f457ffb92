import { instantiate, wasm } from "kafkalens:core";
import { Buffer } from "node:buffer";
import { bind } from "../bind.js";

const api = bind({
  instantiate: instantiate(wasm),
  latin1: ({ buffer, byteOffset, length }) => Buffer.from(buffer, byteOffset, length).toString("latin1"),
});
/** A decoder for a configuration. Rejects with a `DecodeError` where the configuration is not valid. */
export const createDecoder = api.createDecoder;
/** The same at once, without a schema source. Throws a `DecodeError` where the configuration is not valid. */
export const createDecoderSync = api.createDecoderSync;
export * from "../index.js";
