// The content security policy of the page: nothing is loaded from elsewhere, and nothing is sent anywhere.

/** The directives of the page's policy. */
const DIRECTIVES = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "worker-src": "'self'",
  "style-src": "'self'",
  "img-src": "'self' data:",
  "connect-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
};

/** The policy as a `<meta>` element may state it. */
export const META_POLICY = Object.entries(DIRECTIVES)
  .map(([name, value]) => `${name} ${value}`)
  .join("; ");

/** The policy as a header: only there can frames be refused. */
export const PAGE_POLICY = `${META_POLICY}; frame-ancestors 'none'`;
