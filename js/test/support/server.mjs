// A server on loopback whose answers a test writes.

import { createServer } from "node:http";
import { text } from "node:stream/consumers";

/** Starts a server; `answer` is given each request's path, headers, number and body, and gives `{ status, body, headers, wait }`. */
export async function serve(t, answer) {
  const requests = [];
  const server = createServer(async (request, response) => {
    requests.push({ path: request.url, headers: request.headers });
    const sent = await text(request);
    const {
      status = 200,
      body = "",
      headers = {},
      wait = 0,
      hang = false,
    } = await answer(request.url, request.headers, requests.length, sent);
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (!hang) {
      response.writeHead(status, headers);
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${server.address().port}`, requests };
}
