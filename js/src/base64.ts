/** Base64 for the small things: headers, payloads given one at a time, and text that users ask for. */

/** Bytes as standard base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 0x2000) {
    binary += String.fromCharCode.apply(null, bytes.subarray(i, i + 0x2000) as unknown as number[]);
  }
  return btoa(binary);
}

const STANDARD = /^[A-Za-z0-9+/]*$/;

/** The text without its padding, of which there may be less than there should be; undefined where there is more. */
function unpadded(text: string): string | undefined {
  let end = text.length;
  while (end > 0 && text.length - end < 2 && text[end - 1] === "=") {
    end--;
  }
  return text.length - end > (-end & 3) ? undefined : text.slice(0, end);
}

/** The bytes of a base64 text, or undefined where it is none: of the texts that the core takes, and no other. */
export function fromBase64(text: string): Uint8Array | undefined {
  const body = unpadded(text);
  // `atob` would pass over white space.
  if (body === undefined || !STANDARD.test(body) || body.length % 4 === 1) {
    return undefined;
  }
  const binary = atob(body);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  return bytes;
}
