/** `kafkalens/apicurio`: Apicurio Registry as a schema source. */

export { type ApicurioOptions, apicurioRegistry } from "../registry/apicurio.js";
