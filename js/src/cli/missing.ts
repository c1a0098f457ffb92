/** How a user gets the schemas that are missing: a command for each. */

import type { Envelope } from "../diagnosis.js";
import type { DecodeError } from "../errors.js";
import { parseReference } from "../registry/reference.js";
import { visible, visibleLine } from "../visible.js";
import { problem } from "./problems.js";

/** The folder that the commands fill, as `--schema-dir` reads it. */
export const FOLDER = "schemas";

const SAFE = /^[\w.:/-]+$/;

/** A schema that is missing. */
export interface Missing {
  reference: string;
  /** What it is, where that is known. */
  format?: string | undefined;
  /** The AWS region that is asked, or where the event is from. */
  region?: string | undefined;
  /** Why the source that was given doesn't have it. */
  why?: DecodeError | undefined;
}

/** Commands that fetch schemas into a folder; none for what no registry is known to have, or no shell should read. */
export function fetchCommand({ reference, format, region }: Missing, registry?: string): string | undefined {
  const parsed = parseReference(reference);
  // References come from payloads.
  if (parsed === undefined || !SAFE.test(parsed.id)) {
    return undefined;
  }
  const { scheme, id } = parsed;
  const file = `${FOLDER}/${scheme}/${id.replace(":", "/")}${format === "protobuf" ? ".proto" : ".avsc"}`;
  const url = address(registry);
  const curl = (path: string) => `curl -fsS --create-dirs -o ${file} "${url}${path}"`;
  switch (scheme) {
    case "glue":
      return (
        `mkdir -p ${FOLDER}/glue && aws glue get-schema-version --schema-version-id ${id} ` +
        `${region === undefined || !SAFE.test(region) ? "" : `--region ${region} `}--query SchemaDefinition --output text > ${file}`
      );
    case "confluent":
      return curl(`/schemas/ids/${id}/schema`);
    case "guid":
      return `mkdir -p ${FOLDER}/guid && curl -fsS "${url}/schemas/guids/${id}" | jq -r .schema > ${file}`;
    case "subject": {
      const at = id.lastIndexOf("/");
      return at < 1 ? undefined : curl(`/subjects/${id.slice(0, at)}/versions/${id.slice(at + 1)}/schema`);
    }
    case "apicurio": {
      const [kind, number] = id.split(":");
      return curl(`/apis/registry/v3/ids/${kind}Ids/${number}`);
    }
    default:
      return undefined;
  }
}

/** The registry's address without user and password, or the variable of the user's shell that should hold it. */
function address(registry: string | undefined): string {
  if (registry === undefined || !URL.canParse(registry)) {
    return "$SCHEMA_REGISTRY_URL";
  }
  const { origin, pathname } = new URL(registry);
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}

/** The lines that tell what is missing and how to get it. What is of an unknown kind may be Protobuf. */
export function missingLines(missing: readonly Missing[], registry?: string): string[] {
  return missing.flatMap((one) => {
    const command = fetchCommand(one, registry);
    const name = `  ${visibleLine(one.reference)}`;
    const other =
      one.format === undefined && command !== undefined ? ["    (.proto where it is Protobuf)"] : [];
    const told = one.why === undefined ? [name] : [name, `    ${visible(problem(one.why))}`];
    return command === undefined ? told : [...told, `    ${command}`, ...other];
  });
}

/** The region of the cluster that an event is from: as a rule its schemas are there too. */
export function regionOf(envelope: Envelope): string | undefined {
  const arns = envelope.parts.map(({ eventSourceArn }) => eventSourceArn ?? "");
  return arns.map((arn) => /^arn:[\w-]+:kafka:([a-z\d-]+):/.exec(arn)?.[1]).find(Boolean);
}
