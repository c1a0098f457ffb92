import { createDecoder } from "kafkalens";
import { config, event } from "./sample.mjs";

createDecoder(config).then((decoder) => console.log("decoded", decoder.decodeEvent(event)[0].value.order_id));
