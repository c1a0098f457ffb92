// Runs of `kafkalens` over what stands on its standard input.

/** Name → all arguments, and the text on standard input. */
export function inputs(fixtures) {
  return {
    "inspect-where": {
      args: [`${fixtures}/ids-event.json`, "--config", `${fixtures}/where-config.json`],
    },
    "inspect-where-none": {
      args: [`${fixtures}/ids-event.json`, "--config", `${fixtures}/where-none-config.json`],
    },
  };
}
