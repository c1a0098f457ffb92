// A client's certificate, which js/test/registries.test.mjs shows to a server.

export default {
  before: `import { confluentRegistry } from "kafkalens/confluent";
const url = "https://registry.example.com";
const [cert, key, ca] = [];
`,
};
