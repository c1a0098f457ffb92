// The kit takes the whole configuration of a decoder, whatever of it means nothing to an encoder.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { folder, kafkalens } from "../support/package.mjs";

const { avro, createDecoder } = kafkalens;
const { kafkaEvents } = await import(pathToFileURL(join(folder, "testing.mjs")).href);

const ID = { type: "record", name: "Id", fields: [{ name: "id", type: "long" }] };

test("a handler's configuration", () => {
  const config = { value: avro({ writer: ID }), failures: "report", poison: { skip() {} }, concurrency: 2 };
  assert.equal(kafkaEvents(config).msk([{ value: { id: 5n } }]).records["topic-0"].length, 1);
});

test("a configuration with registries and criteria", async () => {
  const fetch = async (reference) => ({ reference, type: "AVRO", schema: JSON.stringify(ID) });
  const config = {
    value: avro({ framing: "confluent", registry: "eu" }),
    registries: { eu: { fetch }, us: {} },
    schemas: { fetch },
    where: { value: { id: [7] } },
  };
  const events = kafkaEvents(config, { value: { schema: ID, id: 42 } });
  const event = events.msk([{ value: { id: 5n } }, { value: { id: 7n } }]);
  assert.equal(event.records["topic-0"].length, 2);
  const batch = await (await createDecoder(config)).decode(event);
  assert.deepEqual(
    [...batch].map(({ offset, value }) => [Number(offset), value]),
    [[1, { id: 7n }]],
  );
});
