/** Made from docs/errors.md by js/scripts/www.mjs. */
declare module "kafkalens:codes" {
  /** What each error code means. */
  const codes: Readonly<Record<string, string>>;
  export default codes;
}
