// A registry on this machine that knows one schema, and a record that names it.

import assert from "node:assert/strict";
import { serve } from "../../support/server.mjs";

const USER = { type: "record", name: "User", fields: [{ name: "name", type: "string" }] };
const value = Buffer.concat([Buffer.from([0, 0, 0, 0, 42]), Buffer.from([6]), Buffer.from("Ada")]);

export default {
  event: {
    eventSource: "SelfManagedKafka",
    bootstrapServers: "broker.example.com:9092",
    records: { "users-0": [{ topic: "users", partition: 0, offset: 5, value: value.toString("base64") }] },
  },
  async serve(t) {
    const answer = (path) =>
      path.startsWith("/schemas/ids/42")
        ? { body: { schema: JSON.stringify(USER) } }
        : { status: 404, body: {} };
    const { url } = await serve(t, answer);
    return { REGISTRY_URL: url, REGISTRY_USER: "user", REGISTRY_PASSWORD: "password" };
  },
  check({ output }) {
    assert.match(output, /Ada/);
  },
};
