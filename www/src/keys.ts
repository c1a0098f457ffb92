/** The keys that work anywhere on the page. */

/** Listens for keys, each with what it does, unless something is typed into a field. */
export function onKeys(keys: ReadonlyMap<string, () => void>): void {
  addEventListener("keydown", (event) => {
    const act = keys.get(event.key);
    if (act !== undefined && !isCommand(event) && !inField(event.target)) {
      event.preventDefault();
      act();
    }
  });
}

/** A key pressed with others is the browser's; but on some keyboards a bracket is had by AltGr alone, which is Ctrl and Alt. */
function isCommand(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
}

function inField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input:not([type=file]), textarea, select") !== null;
}
