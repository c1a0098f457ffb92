/** `kafkalens check`: whether a new schema fits the versions before it, or how schemas depart from the specification. */

import { basename } from "node:path";
import type {
  CompatibilityMode,
  CompatibilityQuestion,
  CompatibilityReport,
  Incompatibility,
} from "../api.js";
import { createDecoderSync } from "../entry/node.js";
import { schemaName } from "../filenames.js";
import { visibleLine } from "../visible.js";
import { argumentsOf, oneOf, UsageError } from "./args.js";
import { checkRegistered } from "./check-registered.js";
import { protobufSource, readText } from "./files.js";
import { CHECK_HELP } from "./help.js";
import type { Output } from "./output.js";
import { usage } from "./problems.js";
import { strict } from "./strict.js";

const MODES: readonly CompatibilityMode[] = [
  "NONE",
  "DISABLED",
  "BACKWARD",
  "BACKWARD_ALL",
  "FORWARD",
  "FORWARD_ALL",
  "FULL",
  "FULL_ALL",
];

/** Runs it and gives the exit status. */
export async function check(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = argumentsOf("check", args);
  if (values.help === true) {
    out.text(CHECK_HELP);
    return 0;
  }
  if (values.registry !== undefined) {
    return checkRegistered(values, positionals, out);
  }
  const format = oneOf("format", values.format ?? "text", ["text", "json"]);
  if (values.strict === true) {
    if (positionals.length === 0 || values.mode !== undefined) {
      throw new UsageError("expected --strict with schemas, and without --mode");
    }
    return strict(positionals, values.reference ?? [], format, out);
  }
  if (values.reference !== undefined) {
    throw new UsageError("expected --reference with --strict");
  }
  if (positionals.length < 2) {
    throw new UsageError("expected at least two schemas: OLD… NEW");
  }
  const mode = oneOf("mode", (values.mode ?? "BACKWARD").toUpperCase(), MODES);
  const report = compare(positionals, mode);
  out.text(format === "json" ? `${JSON.stringify(report)}\n` : told(report, positionals, out));
  return report.compatible ? 0 : 1;
}

function compare(files: readonly string[], mode: CompatibilityMode): CompatibilityReport {
  const decoder = createDecoderSync();
  try {
    return decoder.checkCompatibility(question(files, mode));
  } catch (error) {
    throw usage(error);
  } finally {
    decoder.dispose();
  }
}

/** Avro schemas, or Protobuf ones with the files that they import from below their folders. */
function question(files: readonly string[], mode: CompatibilityMode): CompatibilityQuestion {
  const protobuf = files.filter((file) => ["proto", "descriptors"].includes(schemaName(file) ?? ""));
  if (protobuf.length === 0) {
    const texts = files.map((file) => readText(file));
    return { type: "AVRO", mode, schema: texts.at(-1)!, history: texts.slice(0, -1) };
  }
  if (protobuf.length < files.length) {
    throw new UsageError("expected Avro schemas or Protobuf schemas, found some of both");
  }
  const versions = files.map(protobufSource);
  return { type: "PROTOBUF", mode, ...versions.at(-1)!, history: versions.slice(0, -1) };
}

/** What files are called: by their paths where their names alone would not tell them apart. */
function names(files: readonly string[]): string[] {
  const short = files.map((file) => basename(file));
  return new Set(short).size === new Set(files).size ? short : [...files];
}

function told(report: CompatibilityReport, files: readonly string[], out: Output): string {
  const called = names(files).map(visibleLine);
  const name = called.at(-1)!;
  const verdict = report.compatible ? `${name} is compatible` : `${name} is not compatible`;
  const lines = [`${out.paint(report.compatible ? "bold" : "red", verdict)} (${report.mode})`];
  for (const found of report.incompatibilities) {
    const old = called[found.version] ?? "?";
    const what =
      found.direction === "backward"
        ? `${name} can't read what ${old} wrote`
        : `${old} can't read what ${name} writes`;
    lines.push(...reason(found), `    ${what}`);
  }
  if (report.warnings !== undefined) {
    lines.push("what registries let pass, but readers see", ...report.warnings.flatMap(reason));
  }
  return `${[...lines, ...(report.note === undefined ? [] : [`  ${report.note}`])].join("\n")}\n`;
}

function reason({ path, kind, message, hint }: Incompatibility): string[] {
  const lines = [`  ${visibleLine(path)}  ${kind}: ${visibleLine(message)}`];
  return hint === undefined ? lines : [...lines, `    hint: ${hint}`];
}
