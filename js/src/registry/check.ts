/** Whether a reader's schema reads what every registered version of a topic's schema has written. */

import type { CompatibilityQuestion, Decoder, Incompatibility } from "../api.js";
import type { AvroSchema, SchemaDocument } from "../config.js";
import type { SideName } from "../side.js";
import type { ConfluentRegistry } from "./confluent.js";

/** What {@link checkReader} is asked. */
export interface ReaderQuestion {
  /** The topic. */
  topic: string;
  /** The side. Default `"value"`. */
  side?: SideName;
  /** The schema to read as: Avro. */
  reader: AvroSchema;
  /** The schemas that it refers to. */
  references?: SchemaDocument["references"];
  /** The record's full name, for subjects named by it. Default the reader's. */
  record?: string;
}

/** What became of one registered version. */
export interface ReaderVersion {
  /** Its number. */
  readonly version: number;
  /** What it is: other than the reader's, it can't be read. */
  readonly type: SchemaDocument["type"];
  /** Whether the reader reads what it wrote. */
  readonly compatible: boolean;
  /** Why it doesn't. */
  readonly reasons: readonly Pick<Incompatibility, "path" | "kind" | "message">[];
}

/** The verdict on a reader. */
export interface ReaderReport {
  /** The subject whose versions were tested. */
  readonly subject: string;
  /** Whether the reader reads what every one of them wrote. */
  readonly compatible: boolean;
  /** The versions, lowest first. */
  readonly versions: readonly ReaderVersion[];
}

/**
 * Tests a reader's schema against every registered version of a topic's subject, as data of each may still be in the topic.
 * The registry's `subjectNaming` says what the subject is called. Throws a `DecodeError` where the registry can't be asked or
 * a schema is not valid.
 */
export async function checkReader(
  registry: Pick<ConfluentRegistry, "subject" | "versions" | "fetch">,
  decoder: Pick<Decoder, "checkCompatibility">,
  question: ReaderQuestion,
): Promise<ReaderReport> {
  const { topic, side = "value", reader } = question;
  const record = question.record ?? fullName(reader);
  const subject = registry.subject({ topic, side, ...(record === undefined ? {} : { record }) });
  const numbers = await registry.versions(subject);
  const documents = await Promise.all(
    numbers.map((version) => registry.fetch(`subject:${subject}/${version}`)),
  );
  const versions = documents.map((document, i) => verdict(decoder, question, document, numbers[i]!));
  return { subject, compatible: versions.every(({ compatible }) => compatible), versions };
}

function verdict(
  decoder: Pick<Decoder, "checkCompatibility">,
  { reader, references }: ReaderQuestion,
  written: SchemaDocument,
  version: number,
): ReaderVersion {
  const { type } = written;
  if (type !== "AVRO") {
    return { version, type, compatible: false, reasons: [] };
  }
  const asked: CompatibilityQuestion = {
    type,
    mode: "BACKWARD",
    schema: reader,
    history: [
      {
        schema: written.schema,
        ...(written.references === undefined ? {} : { references: written.references }),
      },
    ],
    ...(references === undefined ? {} : { references }),
  };
  const { compatible, incompatibilities } = decoder.checkCompatibility(asked);
  const reasons = incompatibilities.map(({ path, kind, message }) => ({ path, kind, message }));
  return { version, type, compatible, reasons };
}

/** The full name of an Avro schema, where it has one. */
function fullName(schema: AvroSchema): string | undefined {
  let parsed: unknown = schema;
  try {
    parsed = typeof schema === "string" ? JSON.parse(schema) : schema;
  } catch {
    // The check says what is wrong with it.
  }
  const { name, namespace } = (parsed ?? {}) as { name?: unknown; namespace?: unknown };
  if (typeof name !== "string") {
    return undefined;
  }
  return name.includes(".") || typeof namespace !== "string" || namespace === ""
    ? name
    : `${namespace}.${name}`;
}
