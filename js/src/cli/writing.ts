/** How `encode` and `make-event` write a side: what its flag says, as the testing kit takes it. */

import type { Config } from "../config.js";
import { type EventOptions, type KafkaEvents, kafkaEvents, type Writing } from "../entry/testing.js";
import type { SideName } from "../side.js";
import { UsageError } from "./args.js";
import { usage } from "./problems.js";
import type { Configured } from "./setup.js";

/** The flags that say it. */
export interface WritingArguments {
  compress?: boolean | undefined;
  "id-in-header"?: boolean | undefined;
}

/** How a side is written. A schema of its own id, `FILE@ID`, is the one to write with. */
export function writing(
  flag: SideName,
  given: WritingArguments,
  { [flag]: schemas }: Configured["bySide"],
): Writing {
  const [schema, another] = schemas;
  if (another !== undefined) {
    throw new UsageError(`--${flag}: expected one schema to write with, found several`);
  }
  return {
    ...(schema === undefined ? {} : { schema: schema.schema, id: schema.reference }),
    ...(schema?.references === undefined ? {} : { references: schema.references }),
    ...(given.compress === true ? { compressed: true } : {}),
    ...(given["id-in-header"] === true ? { idInHeader: true } : {}),
  };
}

/** A value from JSON as the kit takes it: of the format `bytes` it stands in base64. */
export function given(slot: SideName, value: unknown, config: Config): unknown {
  return config[slot]?.format === "bytes" && typeof value === "string" ? Buffer.from(value, "base64") : value;
}

/** A builder of events; a configuration that a decoder refuses is the caller's error. */
export function builder(config: Config, options: EventOptions): KafkaEvents {
  try {
    return kafkaEvents(config, options);
  } catch (error) {
    throw usage(error);
  }
}

/** Builds an event; that it can't be built so is the caller's error. */
export function building<T>(build: () => T): T {
  try {
    return build();
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}
