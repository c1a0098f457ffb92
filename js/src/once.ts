/** What is made when first asked for, and kept: also that it could not be made. */

/** A function that calls `make` once, and gives or throws the same ever after. */
export function once<T>(make: () => T): () => T {
  let made: (() => T) | undefined;
  return () => {
    made ??= attempt(make);
    return made();
  };
}

function attempt<T>(make: () => T): () => T {
  try {
    const value = make();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
