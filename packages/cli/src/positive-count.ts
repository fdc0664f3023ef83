import { InvalidArgumentError } from "commander";

/** Reads the argument of an option. @throws {InvalidArgumentError} which says what is wanted. */
export function positiveCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
