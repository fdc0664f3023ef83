/** A mistake on the command line or in an options file. The message says what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
