/** The worker, as functions. */

import type { ErrorDocument } from "kafkalens/inline";
import type { Answer, Request } from "./protocol.js";

const LOST: ErrorDocument = {
  code: "INTERNAL",
  category: "output",
  message:
    "expected the page’s decoder, found that it couldn’t be loaded or has stopped, perhaps for want of memory",
  hint: "give the event again, or a part of it",
  retryable: true,
};

const waiting = new Map<number, (answer: Answer) => void>();
let count = 0;
let lost: ((error: ErrorDocument) => void) | undefined;
// At once, so that it is ready when the first event is given.
let worker: Worker | undefined = start();

function start(): Worker {
  const started = new Worker("worker.js", { type: "module", name: "kafkalens" });
  started.onmessage = ({ data }: MessageEvent<{ id: number; answer: Answer }>) => {
    waiting.get(data.id)?.(data.answer);
    waiting.delete(data.id);
  };
  started.onerror = () => lose(started);
  started.onmessageerror = () => lose(started);
  return started;
}

/** Nothing more comes of a worker. The next question starts another: at once, one that can't load would be started for ever. */
function lose(stopped: Worker): void {
  if (stopped !== worker) {
    return;
  }
  stopped.terminate();
  worker = undefined;
  lost?.(LOST);
  const asked = [...waiting.values()];
  waiting.clear();
  for (const answered of asked) {
    answered({ kind: "failed", error: LOST });
  }
}

/** Says who is told that the worker is gone, and the event with it. */
export function onLost(told: (error: ErrorDocument) => void): void {
  lost = told;
}

/** Asks the worker. Answers come in the order of the questions. */
export function ask(request: Request): Promise<Answer> {
  const id = ++count;
  return new Promise((answered) => {
    waiting.set(id, answered);
    worker ??= start();
    worker.postMessage({ id, request });
  });
}
