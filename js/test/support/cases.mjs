// The vectors of tests/vectors, read as its README says.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "tests", "vectors");

/** All cases, in order. */
export function cases() {
  const areas = folders(root);
  return areas.flatMap((area) =>
    folders(join(root, area))
      .filter((name) => statSync(join(root, area, name, "case.json"), { throwIfNoEntry: false }))
      .map((name) => read(`${area}/${name}`)),
  );
}

function folders(path) {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function read(name) {
  const folder = join(root, name);
  const document = JSON.parse(readFileSync(join(folder, "case.json"), "utf8"));
  return {
    name,
    config: substitute(folder, document.config),
    schemas: (document.schemas ?? []).map((schema) => schemaDocument(folder, schema)),
    missing: document.missing,
    event: eventBytes(folder, document),
    expect: document.expect,
    expectError: document.expectError,
    calls: document.calls ?? [],
  };
}

function schemaDocument(folder, { ref, type, file, references = [], status, ruleSet }) {
  return {
    reference: ref,
    type,
    schema: content(folder, file),
    references: references.map((reference) => ({
      name: reference.name,
      schema: content(folder, reference.file),
    })),
    status,
    ruleSet,
  };
}

/** A configuration with each `{"$file": name}` replaced. */
function substitute(folder, value) {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => substitute(folder, item));
  }
  const entries = Object.entries(value);
  return entries.length === 1 && entries[0][0] === "$file"
    ? content(folder, entries[0][1])
    : Object.fromEntries(entries.map(([name, held]) => [name, substitute(folder, held)]));
}

/** A file as configurations hold it: base64 of a descriptor set, else its text. */
function content(folder, name) {
  return readFileSync(join(folder, name), name.endsWith(".fds") ? "base64" : "utf8");
}

function eventBytes(folder, { event, records }) {
  if (typeof event === "string") {
    return readFileSync(join(folder, event));
  }
  return Buffer.from(JSON.stringify(event ?? eventOf(records)));
}

/** An event of the shorthand `records`. */
function eventOf(records) {
  const lists = {};
  records.forEach((record, offset) => {
    const { topic = "t", partition = 0 } = record;
    lists[`${topic}-${partition}`] ??= [];
    lists[`${topic}-${partition}`].push(eventRecord(record, topic, partition, offset));
  });
  return { eventSource: "aws:kafka", records: lists };
}

function eventRecord(record, topic, partition, offset) {
  const made = { topic, partition, offset, timestamp: 1700000000000, timestampType: "CREATE_TIME" };
  for (const side of ["key", "value"]) {
    if (record[side] !== undefined) {
      made[side] = base64(record[side]);
    }
  }
  made.headers = (record.headers ?? []).map(([name, bytes]) => ({
    [name]: bytes === null ? null : [...new Int8Array(payload(bytes))],
  }));
  for (const side of ["keySchemaMetadata", "valueSchemaMetadata"]) {
    if (record[side] !== undefined) {
      made[side] = record[side];
    }
  }
  return made;
}

function base64(bytes) {
  return bytes === null ? null : (bytes.base64 ?? payload(bytes).toString("base64"));
}

function payload(bytes) {
  if (typeof bytes === "string") {
    return Buffer.from(bytes, "hex");
  }
  if (bytes.repeat !== undefined) {
    return Buffer.from(bytes.repeat.map(([hex, times]) => hex.repeat(times)).join(""), "hex");
  }
  return bytes.utf8 === undefined ? Buffer.from(bytes.base64, "base64") : Buffer.from(bytes.utf8);
}
