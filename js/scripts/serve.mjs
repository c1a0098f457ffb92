// Serves folders on the loopback address, each file with the content security policy of its folder.
//
//   node serve.mjs FOLDER [PORT]   serves a folder under the page's policy and prints its address

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { PAGE_POLICY } from "./policy.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A running server: `address` ends with a slash. `mounts` are `{ prefix: { folder, policy } }`. */
export async function serve(mounts, port = 0) {
  const server = createServer((request, response) => answer(mounts, request, response));
  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", done);
  });
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, close };
}

function answer(mounts, request, response) {
  const found = request.method === "GET" || request.method === "HEAD" ? find(mounts, request.url) : undefined;
  if (found === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    return;
  }
  response.writeHead(200, {
    "content-type": TYPES[extname(found.file)] ?? "application/octet-stream",
    "content-security-policy": found.policy,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
  });
  request.method === "HEAD" ? response.end() : createReadStream(found.file).pipe(response);
}

/** The file of an address, never one outside its folder. */
function find(mounts, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return undefined;
  }
  const [prefix, mount] = Object.entries(mounts).find(([start]) => path.startsWith(start)) ?? [];
  if (mount === undefined || path.includes("\0")) {
    return undefined;
  }
  const folder = resolve(mount.folder);
  let file = join(folder, normalize(path.slice(prefix.length)));
  if (file !== folder && !file.startsWith(folder + sep)) {
    return undefined;
  }
  if (isFolder(file)) {
    file = join(file, "index.html");
  }
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? { file, policy: mount.policy } : undefined;
}

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder, port = "8321"] = process.argv.slice(2);
  const mounts = { "/": { folder, policy: PAGE_POLICY } };
  // Another server on the usual port: any free one will do.
  const { address } = await serve(mounts, Number(port)).catch(() => serve(mounts));
  console.log(`${address}   (stop with Ctrl-C)`);
}
