// A configuration, which a decoder takes.

import { kafkalens } from "../../support/package.mjs";

export default {
  check({ code }) {
    kafkalens.createDecoderSync(JSON.parse(code)).dispose();
  },
};
