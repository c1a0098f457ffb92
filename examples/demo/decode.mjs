// node decode.mjs INPUT… decodes events: each input is { config, schemas, event }, each output one line.

import { readFileSync } from "node:fs";
import { createDecoderSync } from "../../pkg/node.mjs";

for (const file of process.argv.slice(2)) {
  const { config, schemas, event } = JSON.parse(readFileSync(file, "utf8"));
  const decoder = createDecoderSync(config);
  for (const reference of decoder.missingSchemas(event)) {
    for (const schema of schemas.filter((one) => one.reference === reference)) {
      decoder.addSchema(schema);
    }
  }
  console.log(decoder.decodeEventJson(event));
  decoder.dispose();
}
