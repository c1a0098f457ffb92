// Starts the built server, asks a server component and a route, and stops it.
const { spawn } = require("node:child_process");

const server = spawn("node", ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", "0"]);
let text = "";
server.stdout.on("data", async (data) => {
  text += data;
  const [address] = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(text) ?? [];
  if (address !== undefined && text.includes("Ready")) {
    server.stdout.removeAllListeners("data");
    for (const path of ["/", "/api"]) {
      const answer = await (await fetch(address + path)).text();
      console.log("decoded", /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(answer)?.[0]);
    }
    server.kill();
  }
});
server.stderr.pipe(process.stderr);
