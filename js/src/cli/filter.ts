/** `kafkalens filter`: which records the filter criteria of an event source mapping keep. */

import { existsSync } from "node:fs";
import type { DecodedRecord, Decoder } from "../api.js";
import { stringify } from "../canonical.js";
import type { FilterOutcome } from "../diagnosis.js";
import { isDecodeError } from "../errors.js";
import { visibleLine } from "../visible.js";
import { amount, count } from "./amounts.js";
import { argumentsOf, oneOf, UsageError } from "./args.js";
import { readText } from "./files.js";
import { FILTER_HELP } from "./help.js";
import type { Output } from "./output.js";
import { usage } from "./problems.js";
import { Progress } from "./progress.js";
import { SHARES, text, written } from "./reading.js";
import { configuration, explained, files, makeDecoder } from "./setup.js";
import { schemaSource } from "./sources.js";
import { recordName } from "./view.js";

/** What all records have in common. */
interface Work {
  decoder: Decoder;
  pattern: string;
  format: "text" | "jsonl";
  out: Output;
}

/** What came of the records. */
interface Tally {
  kept: number;
  records: number;
  warnings: Set<string>;
}

/** Runs it and gives the exit status. */
export async function filter(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = argumentsOf("filter", args);
  if (values.help === true) {
    out.text(FILTER_HELP);
    return 0;
  }
  const [given, ...names] = positionals;
  if (given === undefined) {
    throw new UsageError("expected a PATTERN: filter criteria as JSON, or a file that holds them");
  }
  const pattern = patternOf(given);
  const format = oneOf("format", values.format ?? (out.terminal ? "text" : "jsonl"), ["text", "jsonl"]);
  const { config, schemas } = configuration(values);
  const decoder = await makeDecoder(config, schemas, schemaSource(values));
  const tally: Tally = { kept: 0, records: 0, warnings: new Set() };
  const good = await filterAll(files(names, out), { decoder, pattern, format, out }, tally);
  tell(tally, format, out);
  return good && tally.kept > 0 ? 0 : 1;
}

/** Criteria as they were given: JSON, or a file of that name. */
function patternOf(given: string): string {
  return /^\s*[{["]/.test(given) && !existsSync(given) ? given : readText(given);
}

/** Filters the events, and gives whether all could be read. */
async function filterAll(names: readonly string[], work: Work, tally: Tally): Promise<boolean> {
  const progress = new Progress(names.length, work.out);
  let good = true;
  for (const name of names) {
    progress.next(name);
    try {
      await filterEvent(text(name, progress), work, tally, progress);
    } catch (error) {
      if (error instanceof UsageError) {
        throw error;
      }
      work.out.problem(explained(name, error));
      good = false;
    }
  }
  progress.clear();
  return good;
}

async function filterEvent(event: string, work: Work, tally: Tally, progress: Progress): Promise<void> {
  const { decoder, pattern, format, out } = work;
  progress.tell(amount(event.length), SHARES.read);
  const records = await decoder.decode(event);
  let done = 0;
  for (const record of records) {
    progress.tell(...written(done++, records.length));
    const outcome = evaluated(() => decoder.matchesFilter(pattern, record));
    tally.records++;
    tally.kept += outcome.matches ? 1 : 0;
    outcome.warnings?.forEach((warning) => {
      tally.warnings.add(warning);
    });
    out.text(format === "jsonl" ? `${line(record, outcome)}\n` : told(record, outcome, out));
  }
}

function tell({ kept, records, warnings }: Tally, format: Work["format"], out: Output): void {
  for (const warning of warnings) {
    out.problem(`warning: ${visibleLine(warning)}`);
  }
  if (format === "text") {
    out.text(`\n${kept} of ${count(records, "record")} kept\n`);
  }
}

/** A pattern that a mapping would refuse is the caller's error. */
function evaluated(evaluate: () => FilterOutcome): FilterOutcome {
  try {
    return evaluate();
  } catch (error) {
    throw isDecodeError(error) && error.code === "FILTER_INVALID" ? usage(error) : error;
  }
}

function line({ topic, partition, offset }: DecodedRecord, { matches, failed }: FilterOutcome): string {
  return stringify({ topic, partition, offset, matches, failed });
}

function told(record: DecodedRecord, { matches, failed }: FilterOutcome, out: Output): string {
  const verdict = matches ? out.paint("bold", "kept   ") : out.paint("dim", "dropped");
  const reasons = failed.map(
    ({ path, clause, found }) =>
      `    ${visibleLine(path)}: ${visibleLine(JSON.stringify(clause))} found ${found}`,
  );
  return `${[`${verdict}  ${recordName(record)}`, ...reasons].join("\n")}\n`;
}
