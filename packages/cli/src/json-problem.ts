import { Redactor } from "@genspan/mapping";

/** What is wrong with a JSON text, without the piece of it that V8 quotes: it may be of a key or a prompt. */
export function jsonProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, (?:\.\.\.)?"[\s\S]*$/, "");
}

/** So much is looked at, and so much is shown. */
export const LONGEST_LOOKED_AT = 256;
const LONGEST_SHOWN = 20;

const redactor = new Redactor();

/** The beginning of a text that is no JSON, in quotes, with its secrets hidden before it is cut. */
export function beginningOf(text: string): string {
  const clean = redactor.text(text.trimEnd(), { part: "record", key: "" });
  return JSON.stringify(clean.slice(0, LONGEST_SHOWN).trimEnd());
}
