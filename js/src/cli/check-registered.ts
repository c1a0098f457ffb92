/** `kafkalens check --registry`: a reader's schema against every version that a topic's subject has. */

import { createDecoderSync } from "../entry/node.js";
import { checkReader, type ReaderReport } from "../registry/check.js";
import { confluentRegistry } from "../registry/confluent.js";
import { SIDES } from "../side.js";
import { visibleLine } from "../visible.js";
import { count } from "./amounts.js";
import { type Arguments, oneOf, UsageError } from "./args.js";
import { readText } from "./files.js";
import type { Output } from "./output.js";
import { usage } from "./problems.js";
import { reached } from "./sources.js";

/** Runs it and gives the exit status. */
export async function checkRegistered(
  values: Arguments<"check">["values"],
  positionals: readonly string[],
  out: Output,
): Promise<number> {
  const { topic, reader, record } = values;
  if (topic === undefined || reader === undefined || positionals.length > 0) {
    throw new UsageError("expected --topic and --reader, and no other schema, beside --registry");
  }
  const format = oneOf("format", values.format ?? "text", ["text", "json"]);
  const side = oneOf("side", values.side ?? "value", SIDES);
  const subjectNaming = oneOf("subject-naming", values["subject-naming"] ?? "topic", [
    "topic",
    "record",
    "topic-record",
  ]);
  const schema = readText(reader);
  const decoder = createDecoderSync();
  try {
    const registry = confluentRegistry({ ...reached(values.registry!), subjectNaming });
    const named = record === undefined ? {} : { record };
    const report = await checkReader(registry, decoder, { topic, side, reader: schema, ...named });
    out.text(format === "json" ? `${JSON.stringify(report)}\n` : told(report, reader, out));
    return report.compatible ? 0 : 1;
  } catch (error) {
    throw usage(error);
  } finally {
    decoder.dispose();
  }
}

function told({ subject, compatible, versions }: ReaderReport, reader: string, out: Output): string {
  const bad = versions.filter((version) => !version.compatible).length;
  const verdict = compatible
    ? `${reader} reads ${versions.length === 1 ? "the one version" : `all ${versions.length} versions`} of ${subject}`
    : `${reader} can't read ${bad} of ${count(versions.length, "version")} of ${subject}`;
  const lines = [out.paint(compatible ? "bold" : "red", visibleLine(verdict))];
  for (const { version, type, compatible: fine, reasons } of versions) {
    const other = type === "AVRO" ? "" : ` (${type})`;
    lines.push(`  version ${version}${other}: ${fine ? "compatible" : "not compatible"}`);
    lines.push(
      ...reasons.map(
        ({ path, kind, message }) => `    ${visibleLine(path)}  ${kind}: ${visibleLine(message)}`,
      ),
    );
  }
  return `${lines.join("\n")}\n`;
}
