// What `kafkaHandler` answers where the second of two payments fails.

import assert from "node:assert/strict";
import { kafkalens } from "../../support/package.mjs";
import payments from "./payments.mjs";

export default {
  async check({ code }) {
    const handle = kafkalens.kafkaHandler(
      { value: kafkalens.bytes(), failures: "report", onFailure: () => {} },
      async ({ offset }) => {
        if (offset === 18) {
          throw new Error("no");
        }
      },
    );
    assert.deepEqual(await handle(payments.event), JSON.parse(code));
  },
};
