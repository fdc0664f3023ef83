/** A wrong option or environment variable. The message is a sentence that says what to do. */
export class ConfigError extends Error {
  override readonly name = "GenspanConfigError";
}
