// The code blocks of a Markdown page, with the directives that stand before them:
//
//   <!-- run: SCENE -->         the block runs in this scene (js and ts blocks run in "start" without being told)
//   <!-- continues -->          the block goes on where the page's last one ended: both are one module
//   <!-- prints -->             the block is what the last one prints
//   <!-- printed by: COMMAND --> the block is what this command prints
//
// There is none for a block that doesn't run: one that has neither a scene nor a directive fails.

const FENCE = /^(\s*)(`{3,}|~{3,})\s*([^\s`]*)/;
const DIRECTIVE = /^\s*<!--\s*(run|continues|prints|printed by)(?::\s*(.*?))?\s*-->\s*$/;

/** The blocks: `{ line, language, code, directives }`. */
export function blocks(markdown) {
  const found = [];
  let directives = {};
  let open;
  for (const [i, text] of markdown.split("\n").entries()) {
    if (open !== undefined) {
      if (text.trim() === open.fence) {
        found.push({ ...open.block, code: `${open.lines.join("\n")}\n` });
        open = undefined;
      } else {
        open.lines.push(text.startsWith(open.indent) ? text.slice(open.indent.length) : text);
      }
      continue;
    }
    const [, indent, fence, language] = FENCE.exec(text) ?? [];
    const [, directive, argument = true] = DIRECTIVE.exec(text) ?? [];
    if (fence !== undefined) {
      open = { indent, fence, lines: [], block: { line: i + 1, language, directives } };
      directives = {};
    } else if (directive !== undefined) {
      directives[directive] = argument;
    } else if (text.trim() !== "") {
      directives = {};
    }
  }
  return found;
}

/** The snippets of a page: `{ line, language, code, scene, prints }`, the scene undefined where nothing says which. */
export function snippets(markdown) {
  const found = [];
  for (const { line, language, code, directives } of blocks(markdown)) {
    const last = found.at(-1);
    const command = directives["printed by"];
    if (directives.prints) {
      last.prints = code;
    } else if (command !== undefined) {
      found.push({ line, language: "sh", code: `${command}\n`, scene: "none", prints: code });
    } else if (directives.continues) {
      found.push({ ...last, line, code: last.code + code, prints: undefined });
    } else {
      found.push({ line, language, code, scene: directives.run ?? RUNS[language] });
    }
  }
  return found;
}

/** The languages that run without being told, and in which scene. */
const RUNS = { js: "start", mjs: "start", cjs: "start", ts: "start", diff: "none" };
