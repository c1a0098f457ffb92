import { createDecoder } from "kafkalens";
import { createDecoder as inline } from "kafkalens/inline";
import wasm from "kafkalens/kafkalens_core.wasm?url";
import { load } from "kafkalens/slim";
import { config, event } from "./sample.mjs";

const slim = await load(fetch(wasm));
for (const create of [createDecoder, inline, slim.createDecoder]) {
  console.log("decoded", (await create(config)).decodeEvent(event)[0].value.order_id);
}
