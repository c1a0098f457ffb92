// Runs inside the browser: the vectors on an entry of the packed package.

import { runPortable } from "../support/elsewhere.mjs";

/** Runs all cases on the package's file at `address`; gives what was printed for each. */
export async function vectors(address) {
  const kafkalens = await import(address);
  const document = await (await fetch("/cases/cases.json")).text();
  // From here on WebAssembly is compiled, and decoders can be made at once.
  (await kafkalens.createDecoder()).dispose();
  return runPortable(document, kafkalens);
}

/** Whether this page may make code from text. */
export function mayGenerate() {
  try {
    return new Function("return true")();
  } catch {
    return false;
  }
}

/** The first value of a small event, decoded by each of the package's entries. */
export async function entries(folder) {
  const event = { records: { "t-0": [{ topic: "t", partition: 0, offset: 0, value: "aGVsbG8=" }] } };
  const first = async ({ createDecoder }) => (await createDecoder()).decodeEvent(event)[0].value;
  const { load } = await import(`${folder}slim.mjs`);
  const browser = await import(`${folder}browser.mjs`);
  let early = "no error";
  try {
    browser.createDecoderSync();
  } catch (error) {
    early = error.name;
  }
  const wasm = `${folder}kafkalens_core.wasm`;
  return {
    early,
    browser: await first(browser),
    inline: await first(await import(`${folder}inline.mjs`)),
    slimResponse: await first(await load(fetch(wasm))),
    slimBytes: await first(await load(await (await fetch(wasm)).arrayBuffer())),
    slimModule: await first(await load(await WebAssembly.compileStreaming(fetch(wasm)))),
  };
}
