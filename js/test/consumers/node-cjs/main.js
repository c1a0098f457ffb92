const { createDecoderSync } = require("kafkalens");
const { confluentRegistry } = require("kafkalens/confluent");
const { config, event } = require("./sample.cjs");

console.log("decoded", createDecoderSync(config).decodeEvent(event)[0].value.order_id);
console.log(typeof confluentRegistry, require("kafkalens/package.json").name);
