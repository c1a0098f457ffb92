/** The worker, as functions. */

import type { Answer, Request } from "./protocol.js";

const worker = new Worker("worker.js", { type: "module", name: "kafkalens" });
const waiting = new Map<number, (answer: Answer) => void>();
let count = 0;

worker.onmessage = ({ data }: MessageEvent<{ id: number; answer: Answer }>) => {
  waiting.get(data.id)?.(data.answer);
  waiting.delete(data.id);
};

/** Asks the worker. Answers come in the order of the questions. */
export function ask(request: Request): Promise<Answer> {
  const id = ++count;
  return new Promise((answered) => {
    waiting.set(id, answered);
    worker.postMessage({ id, request });
  });
}
