/** `kafkalens detect`: what an event is, and how its payloads may be read. */

import type { Batch } from "../api.js";
import type { Envelope } from "../diagnosis.js";
import { DecodeError } from "../errors.js";
import { payloads } from "../payloads.js";
import { count } from "./amounts.js";
import { argumentsOf, oneOf, UsageError } from "./args.js";
import { commandLines, type Finding, headline, readingLines, sidesOf } from "./finding.js";
import { DETECT_HELP } from "./help.js";
import type { Output } from "./output.js";
import { problem } from "./problems.js";
import { text } from "./reading.js";
import { configuration, explained, files, makeDecoder, placeOf, type Records, rawDecoder } from "./setup.js";
import { schemaSource } from "./sources.js";
import { fileName, recordName } from "./view.js";

/** Runs it and gives the exit status. */
export async function detect(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = argumentsOf("detect", args);
  if (values.help === true) {
    out.text(DETECT_HELP);
    return 0;
  }
  const format = oneOf("format", values.format ?? (out.terminal ? "text" : "json"), ["text", "json"]);
  const place = placeOf(values.record);
  const { config, schemas } = configuration(values);
  const decoder = await makeDecoder(config, schemas, schemaSource(values));
  const raw = rawDecoder(config);
  let status = 0;
  for (const name of files(positionals, out)) {
    try {
      const event = text(name);
      await decoder.prepare(event);
      const envelope = decoder.envelope(event);
      const records = envelope.records > 0 ? payloads(raw, event) : [];
      const found = { event: name, envelope, sides: sidesOf(event, decoder, records, place) };
      if (isNothing(envelope)) {
        out.problem(`${fileName(name)}: ${problem(new DecodeError(envelope.parts[0]!.error!))}`);
        status = 1;
        continue;
      }
      if (place !== undefined && place >= records.length) {
        throw new UsageError(
          `${fileName(name)}: there is no record ${place}, of ${count(records.length, "record")}`,
        );
      }
      out.text(format === "json" ? `${JSON.stringify(found)}\n` : told(found, records, out));
    } catch (error) {
      out.problem(explained(name, error));
      status = 1;
    }
  }
  return status;
}

/** Whether nothing in what was given is or names a record. */
function isNothing({ parts }: Envelope): boolean {
  return parts.length > 0 && parts.every(({ error }) => error !== undefined);
}

function told({ event, envelope, sides }: Finding, records: Records, out: Output): string {
  const lines = [headline(event, envelope, out), ...commandLines(envelope)];
  for (const { side, record, readings } of sides) {
    lines.push(
      `  ${side} of ${recordName((records as Batch).at(record)!)}`,
      ...readings.flatMap(readingLines),
    );
  }
  return `${lines.join("\n")}\n`;
}
