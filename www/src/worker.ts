/** Decodes, so that the page never waits. */

import {
  type Config,
  createDecoder,
  type Decoder,
  type Envelope,
  type ErrorDocument,
  type Guess,
  isDecodeError,
} from "kafkalens/inline";
import { PAYLOADS, payload, payloads } from "../../js/src/payloads.js";
import { indented, items, members, placeOf } from "../../js/src/rawjson.js";
import type { SideName } from "../../js/src/side.js";
import { inflated } from "./inflate.js";
import { look } from "./look.js";
import type { Answer, Decoded, Inspection, RecordDetail, Request, SideDetail } from "./protocol.js";
import { row } from "./row.js";
import { Search } from "./search.js";

/** A page for debugging takes more than an invocation of a function delivers. */
const LIMITS = { eventBytes: 256 * 1024 * 1024, records: 1_000_000 };

type Payloads = ReturnType<Decoder["decodeEvent"]>;
interface Port {
  onmessage: ((message: MessageEvent<{ id: number; request: Request }>) => void) | null;
  postMessage(message: { id: number; answer: Answer }): void;
}
const port = globalThis as unknown as Port;

let event = "";
let raw: Payloads | undefined;
let records: string[] = [];
let search = new Search(records);
/** How the records were decoded. */
let configured: Config = {};
/** Configured as the page last asked for. */
let decoder: Decoder | undefined;

let last = Promise.resolve();
port.onmessage = ({ data: { id, request } }) => {
  last = last.then(async () => {
    const found = await answer(request);
    try {
      port.postMessage({ id, answer: found });
    } catch (error) {
      // Too large to be copied: the questions after it are answered all the same.
      port.postMessage({ id, answer: { kind: "failed", error: document(error) } });
    }
  });
};

async function answer(request: Request): Promise<Answer> {
  try {
    switch (request.kind) {
      case "inspect":
        return { kind: "inspected", found: await inspect(request.event) };
      case "envelope":
        return { kind: "envelope", envelope: await envelope(request.event ?? event) };
      case "decode":
        return { kind: "decoded", result: await decode(request) };
      case "find":
        return { kind: "found", indexes: search.find(request.text) };
      case "record":
        return { kind: "record", record: await detail(records[request.index]!, request.index) };
      case "detect":
        return { kind: "detected", readings: decoder?.detect(event, request.side, request.index) ?? [] };
      case "guess":
        return { kind: "guessed", found: await guess(request.index, request.side) };
    }
  } catch (error) {
    return { kind: "failed", error: document(error) };
  }
}

function document(error: unknown): ErrorDocument {
  if (isDecodeError(error)) {
    return error.toJSON();
  }
  return { code: "INTERNAL", category: "output", message: String(error), retryable: false };
}

async function inspect(text: string): Promise<Inspection> {
  event = text;
  hold([]);
  raw = undefined;
  const bytes = await createDecoder({ ...PAYLOADS, limits: LIMITS });
  raw = payloads(bytes, text);
  bytes.dispose();
  return { records: raw.length, key: lookOf(raw, "key"), value: lookOf(raw, "value") };
}

/** Has these records looked at from now on. */
function hold(documents: string[]): void {
  records = documents;
  search = new Search(records);
}

async function envelope(event: string): Promise<Envelope> {
  const decoder = await createDecoder({ limits: LIMITS });
  try {
    return decoder.envelope(event);
  } finally {
    decoder.dispose();
  }
}

/** Reads a payload without its schema, behind the framing that is configured or that it begins with. */
async function guess(index: number, side: SideName): Promise<Guess> {
  const bytes = raw === undefined ? undefined : payload(raw, index, side);
  const topic = placeOf(members(records[index]!)).topic ?? "";
  decoder ??= await createDecoder({ limits: LIMITS });
  return decoder.guess(bytes ?? new Uint8Array(), { topic, side });
}

function lookOf(batch: Payloads, side: SideName) {
  if (event.includes(`${side}SchemaMetadata`)) {
    return "metadata";
  }
  const first: Uint8Array[] = [];
  for (let i = 0; i < batch.length && first.length < 16; i++) {
    const bytes = payload(batch, i, side);
    if (bytes !== undefined && bytes.length > 0) {
      first.push(bytes);
    }
  }
  return look(first);
}

async function decode({ config, schemas }: Extract<Request, { kind: "decode" }>): Promise<Decoded> {
  decoder?.dispose();
  decoder = undefined;
  configured = config;
  const made = await createDecoder({ ...config, limits: LIMITS });
  decoder = made;
  const refused: Decoded["refused"] = [];
  for (const schema of schemas) {
    try {
      made.addSchema(schema);
    } catch (error) {
      refused.push({ reference: schema.reference, error: document(error) });
    }
  }
  const missing = made.missingSchemas(event);
  hold(items(members(made.decodeEventJson(event)).get("records")!));
  return { rows: records.map(row), missing, refused };
}

async function detail(text: string, index: number): Promise<RecordDetail> {
  const record = members(text);
  const parse = <T>(name: string) => JSON.parse(record.get(name) ?? "null") as T;
  return {
    ...placeOf(record),
    timestamp: parse<number | null>("timestamp"),
    timestampType: parse<string | null>("timestampType"),
    headers: parse<RecordDetail["headers"] | null>("headers") ?? [],
    key: await sideDetail(record, "key", index),
    value: await sideDetail(record, "value", index),
    text,
  };
}

async function sideDetail(
  record: ReadonlyMap<string, string>,
  name: SideName,
  index: number,
): Promise<SideDetail> {
  const side = members(record.get(name)!);
  const parse = <T>(member: string) => JSON.parse(side.get(member)!) as T;
  const bytes = raw === undefined ? undefined : payload(raw, index, name);
  const framing = configured[name]?.framing;
  const body = bytes === undefined ? undefined : await inflated(bytes);
  return {
    ...(side.has("value") ? { json: indented(side.get("value")!) } : {}),
    ...(side.has("tombstone") ? { tombstone: parse<string>("tombstone") } : {}),
    ...(side.has("error") ? { error: parse<ErrorDocument>("error") } : {}),
    ...(side.has("schema") ? { schema: parse<string>("schema") } : {}),
    ...(typeof framing === "string" ? { framing } : {}),
    ...(bytes === undefined ? {} : { bytes }),
    ...(body === undefined ? {} : { body }),
  };
}
