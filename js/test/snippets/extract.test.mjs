// What is taken for a snippet, and that one that fails is seen to fail.

import assert from "node:assert/strict";
import { test } from "node:test";
import { snippets } from "./extract.mjs";
import { runSnippet } from "./run.mjs";

const PAGE = `
<!-- run: none -->
\`\`\`js
console.log(1);
\`\`\`
<!-- prints -->
\`\`\`text
1
\`\`\`
<!-- continues -->
\`\`\`js
console.log(2);
\`\`\`
<!-- printed by: kafkalens --version -->
\`\`\`text
1.0.0
\`\`\`
\`\`\`sh
exit 1
\`\`\`
  - in a list
    \`\`\`ts
    const a: number = 1;
    \`\`\`
`;

test("blocks, their directives and their continuations", () => {
  assert.deepStrictEqual(snippets(PAGE), [
    { line: 3, language: "js", code: "console.log(1);\n", scene: "none", prints: "1\n" },
    {
      line: 11,
      language: "js",
      code: "console.log(1);\nconsole.log(2);\n",
      scene: "none",
      prints: undefined,
    },
    { line: 15, language: "sh", code: "kafkalens --version\n", scene: "none", prints: "1.0.0\n" },
    { line: 18, language: "sh", code: "exit 1\n", scene: undefined },
    { line: 22, language: "ts", code: "const a: number = 1;\n", scene: "start" },
  ]);
});

for (const [name, snippet] of Object.entries({
  throws: { language: "js", code: "throw new Error('no');" },
  "prints something else": { language: "js", code: "console.log(1);", prints: "2\n" },
  "has a type that does not fit": { language: "ts", code: "export const n: number = 'text';" },
  "is a command that fails": { language: "sh", code: "kafkalens nonsense" },
  "is no JSON": { language: "json", code: "{" },
  "is no HCL": { language: "hcl", code: 'resource "a" {' },
  "is a change of what was not there": { language: "diff", code: '-import { x } from "kafkalens";\n+\n' },
  "is not where the compiler has it": { language: "rust", code: "fn none() {}", scene: "rust" },
  "has no scene": { language: "js", code: "", scene: undefined },
  "is of a language that nothing runs": { language: "text", code: "" },
})) {
  test(`a snippet fails that ${name}`, (t) => assert.rejects(runSnippet({ scene: "none", ...snippet }, t)));
}
