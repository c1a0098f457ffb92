/** Hints are written for users of the library: what its words are called on the command line. */

/** What hints say, and what the command line has in its place. */
export const PHRASES: readonly (readonly [library: string, command: string])[] = [
  ["`envelope` gives the command", "kafkalens detect gives the command"],
  ["`checkCompatibility` lists every reason", "kafkalens check WRITER READER lists every reason"],
  [
    "fetch what `missingSchemas` lists and hand it to `addSchema`, or use `decode`, which does both",
    "give its file, as FORMAT:FILE, or where schemas are: --schema-dir DIR, --registry URL or --glue REGION",
  ],
  ["configure `writer` (or `message` and its files)", "give the schema's file, as FORMAT:FILE"],
  ["; `schemas` tells which schemas encrypt", ""],
  ["set `framing` to `none`", "write its side as none+FORMAT"],
  ["set `messageIndex` to `warn` or `ignore`", "give --message-index warn or ignore"],
  ['`timestamps: "epoch"` or `decimals: "raw"` gives', "--timestamps epoch or --decimals raw gives"],
  ['use `int64: "bigint"`, `"auto"` or `"string"`', "use --int64 bigint, auto or string"],
];

/** A hint in words of the command line. */
export function inCommands(hint: string): string {
  return PHRASES.reduce(
    (text, [library, command]) => text.replace(library, command),
    hint.replace(/the lenient rule `([\w-]+)`/g, "--lenient $1"),
  );
}
