// Two registries; nothing is asked of them before an event comes.

export default {
  before: `import { avro, createDecoder } from "kafkalens";
import { confluentRegistry } from "kafkalens/confluent";
import { glueRegistry } from "kafkalens/glue";
const url = "https://registry.example.com";
`,
};
