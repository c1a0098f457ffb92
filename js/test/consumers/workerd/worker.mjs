import { createDecoder, createDecoderSync } from "kafkalens";
import { config, event } from "./sample.mjs";

export default {
  async fetch() {
    const decoders = [await createDecoder(config), createDecoderSync(config)];
    return new Response(decoders.map((decoder) => decoder.decodeEvent(event)[0].value.order_id).join(" "));
  },
};
