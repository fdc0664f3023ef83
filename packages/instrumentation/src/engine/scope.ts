/** Name and version of the instrumentation scope; a test compares the version with package.json. */
export const SCOPE_NAME = "@genspan/instrumentation";
export const SCOPE_VERSION = "0.1.0";
