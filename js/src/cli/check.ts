/** `kafkalens check`: whether a new schema fits the versions before it. */

import { basename } from "node:path";
import type { CompatibilityMode, CompatibilityReport } from "../api.js";
import { createDecoderSync } from "../entry/node.js";
import { isDecodeError } from "../errors.js";
import { checkArguments, oneOf, UsageError } from "./args.js";
import { read } from "./files.js";
import { CHECK_HELP } from "./help.js";
import { type Output, visible } from "./output.js";

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
export function check(args: readonly string[], out: Output): number {
  const { values, positionals } = checkArguments(args);
  if (values.help === true) {
    out.text(CHECK_HELP);
    return 0;
  }
  if (positionals.length < 2) {
    throw new UsageError("expected at least two schemas: OLD… NEW");
  }
  const mode = oneOf("mode", (values.mode ?? "BACKWARD").toUpperCase(), MODES);
  const format = oneOf("format", values.format ?? "text", ["text", "json"]);
  const report = compare(positionals, mode);
  out.text(format === "json" ? `${JSON.stringify(report)}\n` : told(report, positionals, out));
  return report.compatible ? 0 : 1;
}

function compare(files: readonly string[], mode: CompatibilityMode): CompatibilityReport {
  const texts = files.map((file) => read(file).toString("utf8"));
  const decoder = createDecoderSync();
  try {
    const schema = texts.at(-1)!;
    return decoder.checkCompatibility({ type: "AVRO", mode, schema, history: texts.slice(0, -1) });
  } catch (error) {
    if (isDecodeError(error)) {
      const lines = [`${error.code}: ${error.message}`, error.frame, error.hint && `hint: ${error.hint}`];
      throw new UsageError(lines.filter(Boolean).join("\n").replaceAll("\n", "\n  "));
    }
    throw error;
  } finally {
    decoder.dispose();
  }
}

function told(report: CompatibilityReport, files: readonly string[], out: Output): string {
  const name = basename(files.at(-1)!);
  const verdict = report.compatible ? `${name} is compatible` : `${name} is not compatible`;
  const lines = [`${out.paint(report.compatible ? "bold" : "red", verdict)} (${report.mode})`];
  for (const { version, direction, path, kind, message } of report.incompatibilities) {
    const old = basename(files[version] ?? "?");
    const what =
      direction === "backward"
        ? `${name} can't read what ${old} wrote`
        : `${old} can't read what ${name} writes`;
    lines.push(`  ${visible(path)}  ${kind}: ${visible(message)}`, `    ${what}`);
  }
  return `${[...lines, ...(report.note === undefined ? [] : [`  ${report.note}`])].join("\n")}\n`;
}
