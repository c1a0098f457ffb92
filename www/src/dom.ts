/**
 * Elements. Content is always text: nothing here, or anywhere in the page, takes HTML; and no text can turn the writing round.
 */

import { visible } from "../../js/src/visible.js";

type Child = Node | string | undefined | false;

/** Attributes by name; a function is a listener of that event. */
export type Attributes = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/** An element. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, String(value));
    }
  }
  const content = children.filter((child) => child !== undefined && child !== false);
  element.append(...content.map((child) => (typeof child === "string" ? visible(child) : child)));
  return element;
}

/** The element that index.html gives this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) {
    throw new TypeError(`no element ${id}`);
  }
  return found as T;
}

/** A button. */
export function button(label: string, click: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", click, ...attributes }, label);
}

/** A choice among words. */
export function choice<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  value: T,
  change: (value: T) => void,
): HTMLSelectElement {
  const select = h(
    "select",
    { "aria-label": label, change: () => change(select.value as T) },
    ...options.map(([name, text]) => h("option", { value: name }, text)),
  );
  select.value = value;
  return select;
}

/** Copies a text, and says so on the button. */
export function copier(label: string, text: () => string): HTMLButtonElement {
  const made = button(label, async () => {
    let said = "Copied";
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      said = "Not allowed here";
    }
    made.textContent = said;
    setTimeout(() => {
      made.textContent = label;
    }, 1200);
  });
  made.className = "quiet";
  return made;
}

/** Saves bytes as a file. */
export function saver(label: string, name: string, bytes: Uint8Array): HTMLButtonElement {
  return button(
    label,
    () => {
      const href = URL.createObjectURL(new Blob([bytes.slice()]));
      h("a", { href, download: name }).click();
      // By then the browser has begun to read it.
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
    },
    { class: "quiet", title: name },
  );
}
