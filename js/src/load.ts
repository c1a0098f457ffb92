/** Decoders where WebAssembly is compiled asynchronously: a page's main thread must never wait for that. */

import { type Api, api } from "./bind.js";
import type { CoreInstance, Platform } from "./core.js";
import { CoreDecoder } from "./decoder.js";
import { byBuffer } from "./latin1.js";

/** How instances of a compiled module are made. */
export interface Instances {
  /** At once. */
  now(module: WebAssembly.Module): CoreInstance;
  /** Without holding the thread up. */
  later(module: WebAssembly.Module): Promise<CoreInstance>;
}

/**
 * The functions that make decoders of a module that `compile` gives when it is first needed; that is kept, unless it
 * failed. Off a page's main thread `compileNow` is called instead, which takes less time and may keep its thread waiting.
 */
export function bindLater(
  instances: Instances,
  compile: () => Promise<WebAssembly.Module>,
  compileNow?: () => WebAssembly.Module,
): Api {
  let pending: Promise<WebAssembly.Module> | undefined;
  let compiled: WebAssembly.Module | undefined;

  const now = (): WebAssembly.Module | undefined => {
    compiled ??= onPage() ? undefined : compileNow?.();
    return compiled;
  };
  const ready = async (): Promise<WebAssembly.Module> => {
    const module = now();
    if (module !== undefined) {
      return module;
    }
    pending ??= compile();
    try {
      compiled = await pending;
      return compiled;
    } catch (error) {
      pending = undefined;
      throw error;
    }
  };
  return api({
    async later(config) {
      const module = await ready();
      return new CoreDecoder<unknown, unknown>(
        platform(instances, module, await instances.later(module)),
        config,
      );
    },
    now(config) {
      const module = now();
      if (module === undefined) {
        throw new TypeError(
          "createDecoderSync works here once createDecoder has been awaited: WebAssembly is compiled asynchronously",
        );
      }
      return new CoreDecoder<unknown, unknown>(platform(instances, module), config);
    },
  });
}

/** A platform over a compiled module, with an instance that was made ahead. */
function platform(instances: Instances, module: WebAssembly.Module, ahead?: CoreInstance): Platform {
  let first = ahead;
  return {
    latin1: byBuffer,
    instantiate() {
      const instance = first ?? instances.now(module);
      first = undefined;
      return instance;
    },
  };
}

function onPage(): boolean {
  return typeof (globalThis as { document?: unknown }).document !== "undefined";
}

/** Compiles the module at an address. */
export async function compileFrom(url: URL): Promise<WebAssembly.Module> {
  return compileResponse(await fetch(url));
}

/** Compiles what a user brings: a module is one already. */
export async function compileSource(source: object): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) {
    return source;
  }
  if (typeof Response === "function" && source instanceof Response) {
    return compileResponse(source);
  }
  return WebAssembly.compile(source as BufferSource);
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw new Error(lost(response.url, `HTTP status ${response.status}`));
  }
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm")) {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  // "\0asm": a development server that lacks the file may answer with its page.
  if (bytes[0] !== 0 || bytes[1] !== 0x61) {
    throw new Error(lost(response.url, `a file of type ${type || "unknown"}`));
  }
  return WebAssembly.compile(bytes);
}

function lost(url: string, found: string): string {
  return (
    `expected kafkalens_core.wasm at ${url}, found ${found}: ` +
    'copy it there from the package, or import "kafkalens/inline", which holds it'
  );
}
