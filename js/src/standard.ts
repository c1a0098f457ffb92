/** What validators have in common: the interface of Standard Schema, version 1 (standardschema.dev). */

/** Something that a validator says is wrong. Its text may quote the value: it is not for logs. */
export interface Issue {
  /** What is wrong. */
  readonly message: string;
  /** Where in the value. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a validator gives. */
export type Verdict<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

/** A schema of zod, valibot, arktype or any other library that keeps to the standard. */
export interface StandardSchema<T = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Verdict<T> | Promise<Verdict<T>>;
    readonly types?: { readonly input: unknown; readonly output: T } | undefined;
  };
}

/** Whether something is a schema by the standard: an object, or a function as arktype's are. */
export function isStandardSchema(thing: unknown): thing is StandardSchema {
  const standard = (thing as Partial<StandardSchema> | null | undefined)?.["~standard"];
  return typeof standard?.validate === "function";
}
