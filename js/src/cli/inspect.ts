/** `kafkalens FILE`: what a file is, and as much of its payloads as can be seen with the schemas at hand. */

import { eventOf, unwrapped } from "../alone.js";
import type { Decoder } from "../api.js";
import type { Envelope, EnvelopePartition, EnvelopeWrapper } from "../diagnosis.js";
import { schemaFile } from "../filenames.js";
import { textOf } from "../unicode.js";
import { visibleLine } from "../visible.js";
import { amount, count } from "./amounts.js";
import { argumentsOf } from "./args.js";
import { commandLines, headline } from "./finding.js";
import { INSPECT_HELP } from "./help.js";
import { payloadLines, type Tools } from "./inspect-payloads.js";
import type { Output } from "./output.js";
import { readable } from "./problems.js";
import { Progress } from "./progress.js";
import { bytes, SHARES } from "./reading.js";
import { avroText, schemaTold, type Told } from "./schema-file.js";
import { configuration, explained, files, makeDecoder, rawDecoder } from "./setup.js";
import { schemaSource } from "./sources.js";
import { fileName } from "./view.js";

/** Runs it and gives the exit status. */
export async function inspect(args: readonly string[], out: Output): Promise<number> {
  const { values, positionals } = argumentsOf("inspect", args);
  if (values.help === true) {
    out.text(INSPECT_HELP);
    return 0;
  }
  const { config, schemas } = configuration(values);
  const source = schemaSource(values);
  const decoder = await makeDecoder(config, schemas, source);
  const tools = { decoder, raw: rawDecoder(config), config, schemas, source, given: values, out };
  const names = files(positionals, out);
  const progress = new Progress(names.length, out);
  let status = 0;
  let between = "";
  for (const name of names) {
    progress.next(name);
    try {
      const held = bytes(name, progress);
      progress.tell(amount(held.length), SHARES.read);
      const { lines, status: found } = await told(name, held, tools);
      status = Math.max(status, found);
      out.text(`${between}${lines.join("\n")}\n`);
      between = "\n";
    } catch (error) {
      out.problem(explained(name, error));
      status = Math.max(status, 1);
    }
  }
  progress.clear();
  return status;
}

async function told(name: string, bytes: Buffer, tools: Tools): Promise<Told> {
  const text = textOf(bytes);
  // A name such as order.avsc says more than what the text could be besides.
  const schema = schemaFile(name, bytes);
  if (schema !== undefined) {
    return schemaTold(schema, name, text, tools.out);
  }
  const found = envelopeOf(text, tools.decoder);
  if (found !== undefined) {
    return { lines: await eventLines(name, text, found, tools), status: 0 };
  }
  return avroText(name, text, tools.out) ?? { lines: await loneLines(name, bytes, tools), status: 0 };
}

async function loneLines(name: string, bytes: Buffer, tools: Tools): Promise<string[]> {
  const { payload, form } = unwrapped(bytes);
  const title = `${fileName(name)}: a payload${form}, ${count(payload.length, "byte")}`;
  return [tools.out.paint("bold", title), ...(await payloadLines(eventOf(payload), 1, tools, name))];
}

/** What an event is; undefined for what is none. */
function envelopeOf(text: string, decoder: Decoder): Envelope | undefined {
  const envelope = readable(() => decoder.envelope(text));
  return envelope?.parts.some(({ kind, partitions }) => kind !== "none" || partitions.length > 0)
    ? envelope
    : undefined;
}

async function eventLines(name: string, text: string, envelope: Envelope, tools: Tools): Promise<string[]> {
  const lines = [headline(name, envelope, tools.out)];
  for (const part of envelope.parts) {
    lines.push(...(part.within ?? []).map((wrapper) => `  ${wrapperText(wrapper)}`));
    const source = [part.eventSource, part.eventSourceArn, part.bootstrapServers].filter(Boolean).join("  ");
    lines.push(...(source === "" ? [] : [`  ${visibleLine(source)}`]));
    lines.push(...part.partitions.map((partition) => `    ${partitionText(partition)}`));
    lines.push(
      ...(part.error === undefined ? [] : [`  ${part.error.code}: ${visibleLine(part.error.message)}`]),
    );
  }
  lines.push(...commandLines(envelope));
  if (envelope.records > 0) {
    lines.push(...(await payloadLines(text, envelope.records, tools, name)));
  }
  return lines;
}

function wrapperText(wrapper: EnvelopeWrapper): string {
  const { kind, condition, approximateInvokeCount: tries, functionArn, requestId, timestamp } = wrapper;
  const { functionError, statusCode, messageId } = wrapper;
  const parts = [
    kind,
    condition,
    tries === undefined ? undefined : `after ${count(tries, "try", "tries")}`,
    functionArn,
    requestId === undefined ? undefined : `request ${requestId}`,
    functionError === undefined ? undefined : `${functionError} (status ${statusCode ?? "?"})`,
    messageId === undefined ? undefined : `message ${messageId}`,
    timestamp,
  ];
  return visibleLine(parts.filter((part) => part !== undefined).join(", "));
}

function partitionText(partition: EnvelopePartition): string {
  const { topic, partition: number, records, firstOffset, lastOffset } = partition;
  const offsets =
    firstOffset === lastOffset ? `offset ${firstOffset}` : `offsets ${firstOffset}–${lastOffset}`;
  const held = records === undefined ? "" : `${count(records, "record")}, `;
  return visibleLine(`${topic ?? "?"}-${number ?? "?"}  ${held}${offsets}`);
}
