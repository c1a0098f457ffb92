/** The body of a compressed payload, for its hex view. */

/** Longer bodies are not shown. */
const MOST = 16 * 1024 * 1024;

/** A Glue header: version 3, compression 5 (zlib), a UUID. */
const HEADER = 18;

/** What a payload behind Glue's header for zlib holds; nothing where it is none, is damaged, or is too long to be shown. */
export async function inflated(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  if (bytes.length <= HEADER || bytes[0] !== 3 || bytes[1] !== 5) {
    return undefined;
  }
  const stream = new Blob([bytes.slice(HEADER)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for await (const chunk of chunksOf(stream)) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MOST) {
        return undefined;
      }
    }
  } catch {
    return undefined;
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Not every browser lets a stream be looped over. */
async function* chunksOf<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield read.value;
    }
  } finally {
    await reader.cancel();
  }
}
