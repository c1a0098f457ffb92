/** What an event came in: why Lambda gave it up, and how to read records that are only named. */

import type { Envelope, EnvelopePart, EnvelopeWrapper } from "kafkalens/inline";
import { copier, h } from "./dom.js";

/** How many parts and partitions are told. */
const TOLD = 20;

/** A block for each on-failure record. */
export function givenView({ parts }: Envelope): HTMLElement[] {
  return parts.flatMap((part) => told(part) ?? []).slice(0, TOLD);
}

function told(part: EnvelopePart): HTMLElement | undefined {
  const failure = part.within?.find(({ kind }) => kind === "on-failure");
  const named = part.records === 0 ? part.partitions : [];
  if (failure === undefined && named.length === 0) {
    return undefined;
  }
  return h(
    "div",
    { class: "callout need" },
    h("p", { class: "code" }, ["On-failure record", failure?.condition].filter(Boolean).join(": ")),
    failure !== undefined && h("p", { class: "why" }, circumstances(failure)),
    named.length > 0 &&
      h("p", { class: "why" }, "It names its records but does not hold them. Read them from the topic:"),
    ...named.slice(0, TOLD).map(command),
    named.length > TOLD && h("p", { class: "more" }, `… and ${named.length - TOLD} more partitions`),
  );
}

function circumstances(failure: EnvelopeWrapper): string {
  const {
    approximateInvokeCount: tries,
    functionError,
    statusCode,
    timestamp,
    functionArn,
    requestId,
  } = failure;
  const answer = [functionError, statusCode !== undefined && `status ${statusCode}`]
    .filter(Boolean)
    .join(", ");
  const parts = [
    tries !== undefined && `Given up after about ${tries} ${tries === 1 ? "try" : "tries"}`,
    answer !== "" && `the last answer was ${answer}`,
    timestamp,
    functionArn,
    requestId !== undefined && `request ${requestId}`,
  ].filter(Boolean);
  return `${parts.join(" · ")}`;
}

function command({
  topic = "?",
  partition = 0,
  firstOffset = "?",
  lastOffset = "?",
  command,
}: EnvelopePart["partitions"][number]): HTMLElement {
  const place = `${topic}-${partition}, offsets ${firstOffset} to ${lastOffset}`;
  return h(
    "div",
    { class: "part" },
    h(
      "div",
      { class: "named" },
      h("span", {}, place),
      command !== undefined && copier("Copy the command", () => command),
    ),
    command !== undefined &&
      h("pre", { tabindex: 0, role: "region", "aria-label": `Command for ${place}` }, command),
  );
}
