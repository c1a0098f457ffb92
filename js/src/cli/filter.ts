/** `kafkalens filter`: which records the filter criteria of an event source mapping keep. */

import { existsSync } from "node:fs";
import type { DecodedRecord } from "../api.js";
import { stringify } from "../canonical.js";
import type { FilterOutcome } from "../diagnosis.js";
import { isDecodeError } from "../errors.js";
import { filterArguments, oneOf, UsageError } from "./args.js";
import { read } from "./files.js";
import { count, recordName } from "./finding.js";
import { FILTER_HELP } from "./help.js";
import type { Output } from "./output.js";
import { Progress } from "./progress.js";
import { amount, SHARES, text, written } from "./reading.js";
import { configuration, explained, files, makeDecoder, problem } from "./setup.js";
import { schemaSource } from "./sources.js";
import { visible } from "./view.js";

/** Runs it and gives the exit status. */
export async function filter(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = filterArguments(args);
  if (values.help === true) {
    out.text(FILTER_HELP);
    return 0;
  }
  const [given, ...names] = positionals;
  if (given === undefined) {
    throw new UsageError("expected a PATTERN: filter criteria as JSON, or a file that holds them");
  }
  const pattern = existsSync(given) ? read(given).toString("utf8") : given;
  const format = oneOf("format", values.format ?? (out.terminal ? "text" : "jsonl"), ["text", "jsonl"]);
  const { config, schemas } = configuration(values);
  const decoder = await makeDecoder(config, schemas, schemaSource(values));
  const tally = { kept: 0, records: 0 };
  const warnings = new Set<string>();
  let status = 0;
  const found = files(names, out);
  const progress = new Progress(found.length, out);
  for (const name of found) {
    progress.next(name);
    try {
      const event = text(name, progress);
      progress.tell(amount(event.length), SHARES.read);
      const records = await decoder.decode(event);
      let done = 0;
      for (const record of records) {
        progress.tell(...written(done++, records.length));
        const outcome = evaluated(() => decoder.matchesFilter(pattern, record));
        tally.records++;
        tally.kept += outcome.matches ? 1 : 0;
        outcome.warnings?.forEach((warning) => {
          warnings.add(warning);
        });
        out.text(format === "jsonl" ? `${line(record, outcome)}\n` : told(record, outcome, out));
      }
    } catch (error) {
      if (error instanceof UsageError) {
        throw error;
      }
      out.problem(`${name}: ${explained(error)}`);
      status = 1;
    }
  }
  progress.clear();
  for (const warning of warnings) {
    out.problem(`warning: ${warning}`);
  }
  if (format === "text") {
    out.text(`\n${tally.kept} of ${count(tally.records, "record")} kept\n`);
  }
  return status === 0 && tally.kept === 0 ? 1 : status;
}

/** A pattern that a mapping would refuse is the caller's error. */
function evaluated(evaluate: () => FilterOutcome): FilterOutcome {
  try {
    return evaluate();
  } catch (error) {
    throw isDecodeError(error) && error.code === "FILTER_INVALID" ? new UsageError(problem(error)) : error;
  }
}

function line({ topic, partition, offset }: DecodedRecord, { matches, failed }: FilterOutcome): string {
  return stringify({ topic, partition, offset, matches, failed });
}

function told(record: DecodedRecord, { matches, failed }: FilterOutcome, out: Output): string {
  const verdict = matches ? out.paint("bold", "kept   ") : out.paint("dim", "dropped");
  const reasons = failed.map(
    ({ path, clause, found }) => `    ${visible(path)}: ${visible(JSON.stringify(clause))} found ${found}`,
  );
  return `${[`${verdict}  ${recordName(record)}`, ...reasons].join("\n")}\n`;
}
