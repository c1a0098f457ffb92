// Jest's jsdom lacks what browsers have: https://github.com/jsdom/jsdom/issues/2524
const { TextDecoder, TextEncoder } = require("node:util");
Object.assign(globalThis, { TextDecoder, TextEncoder });
