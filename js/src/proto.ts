/** What is to be known of .proto text before the core reads it. */

const IMPORT = /^\s*import\s+(?:public\s+|weak\s+|option\s+)?"([^"\n]+)"\s*;/gm;

/** The names that a .proto file imports. */
export function imports(text: string): string[] {
  return Array.from(text.matchAll(IMPORT), ([, name]) => name!);
}
