/** The addresses of registries. */

import { kindOf, type Rule } from "../rules.js";
import type { Auth } from "./options.js";

/** What an address may be. */
export const ADDRESS: Rule = {
  expected: "an http or https address such as https://registry:8081",
  fault: (value) =>
    addressOf(value) !== undefined ? undefined : typeof value === "string" ? "another text" : kindOf(value),
};

/** An address taken apart, with a user and password that can be read. */
export function addressOf(value: unknown): URL | undefined {
  try {
    const address = new URL(typeof value === "string" ? value : (value as { href: string }).href);
    userOf(address);
    return address.protocol === "https:" || address.protocol === "http:" ? address : undefined;
  } catch {
    // The rule tells it: the error itself quotes the text, and a password in it.
    return undefined;
  }
}

/** The user and password that an address has. */
export function userOf({ username, password }: URL): Auth | undefined {
  return username === "" && password === ""
    ? undefined
    : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}
