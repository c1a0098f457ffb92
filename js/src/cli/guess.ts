/** `kafkalens guess`: Protobuf payloads read without their schema. */

import type { Guess } from "../diagnosis.js";
import { createDecoderSync } from "../entry/node.js";
import { payload, payloads } from "../payloads.js";
import { SIDES, type SideName } from "../side.js";
import { visibleLine } from "../visible.js";
import { argumentsOf, oneOf, UsageError } from "./args.js";
import { fieldLines } from "./fields.js";
import { GUESS_HELP } from "./help.js";
import type { Output } from "./output.js";
import { bytes, text } from "./reading.js";
import { explained, files, firstOf, placeOf, rawDecoder } from "./setup.js";
import { fileName, recordName } from "./view.js";

/** A payload, and what it is called. */
interface Payload {
  name: string;
  bytes: Uint8Array;
}

/** Runs it and gives the exit status. */
export function guess(args: readonly string[], out: Output): number {
  const { values, positionals } = argumentsOf("guess", args);
  if (values.help === true) {
    out.text(GUESS_HELP);
    return 0;
  }
  const format = oneOf("format", values.format ?? (out.terminal ? "text" : "json"), ["text", "json"]);
  const side = oneOf("side", values.side ?? "value", SIDES);
  const place = placeOf(values.record);
  const open = (name: string): Payload =>
    values.raw === true ? { name: fileName(name), bytes: bytes(name) } : payloadOf(name, side, place);
  const decoder = createDecoderSync();
  let status = 0;
  for (const file of files(positionals, out)) {
    try {
      const { name, bytes } = open(file);
      const found = decoder.guess(bytes, { side });
      out.text(format === "json" ? `${JSON.stringify(found)}\n` : told(name, found, out));
    } catch (error) {
      if (error instanceof UsageError) {
        throw error;
      }
      out.problem(explained(file, error));
      status = 1;
    }
  }
  return status;
}

function payloadOf(file: string, side: SideName, place: number | undefined): Payload {
  const records = payloads(rawDecoder({}), text(file));
  const index = place ?? firstOf(records, side) ?? 0;
  const bytes = payload(records, index, side);
  if (bytes === undefined) {
    throw new UsageError(`${fileName(file)}: record ${index} has no ${side}`);
  }
  return { name: `${side} of ${recordName(records.at(index)!)}`, bytes };
}

function told(name: string, { framing, schema, start, fields, truncated }: Guess, out: Output): string {
  const behind = framing === "esm" || framing === "none" ? "" : `, behind ${visibleLine(schema ?? framing)}`;
  const head = `${name}${behind}, message from byte ${start}`;
  const lines = [out.paint("bold", head), ...fields.flatMap((field) => fieldLines(field, "  ", out))];
  return `${[...lines, ...(truncated === true ? ["  … there is more"] : [])].join("\n")}\n`;
}
