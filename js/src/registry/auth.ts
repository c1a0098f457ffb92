/** Who asks a registry. */

import { kindOf, type Rule } from "../rules.js";
import type { Auth } from "./options.js";

/** All that credentials may have. */
type Parts = { [N in "username" | "password" | "token"]?: unknown };

const NAMES = ["username", "password", "token"] as const;

/** What credentials there may be together. */
const WHOLE = ["", "username password", "token"];

/** What {@link Auth} may be. */
export const AUTH: Rule = { expected: "`{ username, password }` or `{ token }`", fault };

function fault(auth: unknown): string | undefined {
  if (typeof auth !== "object" || auth === null || Array.isArray(auth)) {
    return kindOf(auth);
  }
  if (Object.keys(auth).some((name) => !NAMES.includes(name as "token"))) {
    return "an object with other names";
  }
  const parts: Parts = auth;
  const given = NAMES.filter((name) => parts[name] !== undefined);
  const odd = given.find((name) => typeof parts[name] !== "string" && !isRenewed(name, parts[name]));
  if (odd !== undefined) {
    return `a \`${odd}\` that is ${kindOf(parts[odd])}`;
  }
  const found = given.map((name) => `\`${name}\``).join(" and ");
  return WHOLE.includes(given.join(" ")) ? undefined : `${found}${given.length === 1 ? " alone" : ""}`;
}

function isRenewed(name: string, value: unknown): boolean {
  return name === "token" && typeof value === "function";
}

/** Credentials that there are. */
export function present(auth: Auth | undefined): Auth | undefined {
  return auth !== undefined && NAMES.some((name) => (auth as Parts)[name] !== undefined) ? auth : undefined;
}

/** The header that tells who asks. */
export async function authorization(auth: Auth): Promise<string> {
  if (!("token" in auth) || auth.token === undefined) {
    const { username, password } = auth as { username: string; password: string };
    return `Basic ${base64Text(`${username}:${password}`)}`;
  }
  const token: unknown = typeof auth.token === "string" ? auth.token : await auth.token();
  if (typeof token !== "string") {
    throw new TypeError("no token");
  }
  return `Bearer ${token}`;
}

/** The base64 of text's UTF-8, as RFC 7617 has it with `charset="UTF-8"`. */
function base64Text(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
