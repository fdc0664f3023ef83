/**
 * Pieces as one text. Of a template V8 keeps the pieces, and the `JSON.stringify` of Node 25 and later, which is twice as
 * fast as the one before, is as slow as that for a whole record in which it finds one such text.
 */
export function flatText(...pieces: readonly string[]): string {
  return pieces.join("");
}
