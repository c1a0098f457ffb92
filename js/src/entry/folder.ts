/** `kafkalens/folder`: a folder of files as a schema source. */

export { schemaFolder } from "../registry/folder.js";
