import { createDecoder, createDecoderSync } from "kafkalens";
import { config, event } from "./sample.mjs";

const decoder = await createDecoder(config);
console.log("decoded", decoder.decodeEvent(event)[0].value.order_id);
console.log("decoded", createDecoderSync(config).decodeEvent(event)[0].value.order_id);
