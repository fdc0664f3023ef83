/** Attributes of a span, read as the type that was asked for; absent where they are of another. */
export interface AttributeReader {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
}
