// What the vectors' comparison uses of node:assert, for browsers.

function fail(message, fallback) {
  throw new Error(String(message ?? fallback));
}

function ok(value, message) {
  if (!value) {
    fail(message, "expected a true value");
  }
}

function equal(found, expected, message) {
  if (!Object.is(found, expected)) {
    fail(`${message}: expected ${String(expected)}, found ${String(found)}`);
  }
}

function deepStrictEqual(found, expected, message) {
  equal(form(found), form(expected), message);
}

/** Plain documents only: errors, metadata. */
function form(value) {
  return JSON.stringify(value, (_, held) =>
    typeof held === "object" && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
}

function throws(use, expected) {
  try {
    use();
  } catch (error) {
    if (typeof expected === "function") {
      ok(expected(error), "the wrong error");
    } else if (expected !== undefined) {
      equal(error, expected, "error");
    }
    return;
  }
  fail("expected an error");
}

export default { deepStrictEqual, equal, ok, throws };
