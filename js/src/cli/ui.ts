/** `kafkalens ui`: the page of the package, served on this machine alone. */

import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { argumentsOf, UsageError } from "./args.js";
import { UI_HELP } from "./help.js";
import type { Output } from "./output.js";

/** The page's files, each with where the package has it. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["ui/index.html", "text/html; charset=utf-8"],
  "/main.js": ["ui/main.js", "text/javascript; charset=utf-8"],
  "/worker.js": ["ui/worker.js", "text/javascript; charset=utf-8"],
  "/inline.mjs": ["inline.mjs", "text/javascript; charset=utf-8"],
  "/style.css": ["ui/style.css", "text/css; charset=utf-8"],
  "/icon.svg": ["ui/icon.svg", "image/svg+xml"],
};

/** Runs it until it is interrupted, and gives the exit status. */
export async function ui(args: readonly string[], out: Output): Promise<number> {
  const { values } = argumentsOf("ui", args);
  if (values.help === true) {
    out.text(UI_HELP);
    return 0;
  }
  const server = createServer(answer);
  await listening(server, portOf(values.port));
  const { port } = server.address() as AddressInfo;
  out.text(`http://127.0.0.1:${port}/ (Ctrl+C ends it)\n`);
  await new Promise<void>((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, done);
    }
  });
  server.closeAllConnections();
  server.close();
  return 0;
}

function portOf(word: string | undefined): number {
  const port = Number(word ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new UsageError(`--port: expected a number up to 65535, found \`${word}\``);
  }
  return port;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      failed(new UsageError(`--port ${port}: it can't be listened on (${error.code})`)),
    );
    server.listen(port, "127.0.0.1", done);
  });
}

/** The page states its own policy; that it stands in no frame only a header can say. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const found = request.method === "GET" ? FILES[(request.url ?? "").replace(/[?#].*$/, "")] : undefined;
  if (found === undefined) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    return;
  }
  const [file, type] = found;
  response.writeHead(200, {
    "content-type": type,
    "content-security-policy": "frame-ancestors 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  createReadStream(new URL(file, import.meta.url)).pipe(response);
}
