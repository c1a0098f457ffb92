// A registry on this machine whose subject has one version, and a reader that it can't serve.

import { serve } from "../../support/server.mjs";

const order = (...names) => ({
  type: "record",
  name: "Order",
  fields: names.map((name) => ({ name, type: "double" })),
});

export default {
  before: `import { createDecoderSync } from "kafkalens";
const decoder = createDecoderSync();
const url = process.env.REGISTRY_URL;
const reader = ${JSON.stringify(order("id", "total"))};
process.on("exit", () => {
  if (report.subject !== "orders-value" || report.versions[0].reasons[0].path !== "$.total") {
    console.error(report);
    process.exitCode = 1;
  }
});
`,
  async serve(t) {
    const answer = (path) => ({
      body: path.endsWith("/versions") ? [1] : { schema: JSON.stringify(order("id")) },
    });
    const { url } = await serve(t, answer);
    return { REGISTRY_URL: url };
  },
};
