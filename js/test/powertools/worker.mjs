// What one package does in one row of the table, in a thread that has run nothing else: the incumbent remembers.

import { parentPort, workerData } from "node:worker_threads";
import { behaviour, DIFFERENCES } from "./differences.mjs";
import { PACKAGES } from "./support.mjs";

const { name, row } = workerData;
parentPort.postMessage(await behaviour(DIFFERENCES[row], await PACKAGES[name](), name));
