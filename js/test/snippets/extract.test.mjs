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
\`\`\`sh
not run
\`\`\`
<!-- not run: it needs an account -->
\`\`\`js
throw new Error();
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
    { line: 22, language: "ts", code: "const a: number = 1;\n", scene: "start" },
  ]);
});

for (const [name, snippet] of Object.entries({
  throws: { language: "js", code: "throw new Error('no');" },
  "prints something else": { language: "js", code: "console.log(1);", prints: "2\n" },
  "has a type that does not fit": { language: "ts", code: "export const n: number = 'text';" },
  "is a command that fails": { language: "sh", code: "kafkalens nonsense" },
  "is no JSON": { language: "json", code: "{" },
})) {
  test(`a snippet fails that ${name}`, (t) => assert.rejects(runSnippet({ scene: "none", ...snippet }, t)));
}
