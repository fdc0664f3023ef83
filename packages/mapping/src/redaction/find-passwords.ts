import type { Finding } from "./finding.ts";

/** Within `password`, `PASSWD`, `db_password` ...: a search for a text that is seldom there costs next to nothing. */
const NEEDLES: readonly string[] = ["assw", "ASSW"];
const MOST = 128;

/** From the needle on: the rest of the name, a sign, and an opening quote, which may be escaped. */
const QUOTED = /assw(?:or)?d\w{0,16}\\{0,3}["'`]?\s{0,2}[:=]\s{0,2}(\\{0,3}["'`])/iy;
/** The same without quotes: as in environments, connection strings and forms. */
const PLAIN = new RegExp(`assw(?:or)?d\\w{0,16}=([^\\s"'\`\\\\&;,<>()[\\]{}$|]{6,${MOST}})`, "iy");

/** Passwords have no shape: they are told by their name alone, and by what a value looks like. */
export function findPasswords(text: string, found: Finding[]): void {
  for (const needle of NEEDLES) {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      const finding = quoted(text, at) ?? plain(text, at);
      if (finding !== undefined) found.push(finding);
    }
  }
}

function quoted(text: string, at: number): Finding | undefined {
  QUOTED.lastIndex = at;
  const [, quote = ""] = QUOTED.exec(text) ?? [];
  if (quote === "") return undefined;
  const start = QUOTED.lastIndex;
  const length = text.slice(start, start + MOST + quote.length).indexOf(quote);
  if (length < 4) return undefined;
  const value = text.slice(start, start + length);
  // Stars are no password any more, and what has a line end in it was never one.
  return /^[*•x]+$|\n/.test(value) ? undefined : { start, end: start + length, rule: "api_key" };
}

/** Without quotes, only what has a digit or a sign in it: `password=required` says nothing. */
function plain(text: string, at: number): Finding | undefined {
  PLAIN.lastIndex = at;
  const [whole, value = ""] = PLAIN.exec(text) ?? [];
  if (whole === undefined || /^[A-Za-z_.]*$|^\*+$/.test(value)) return undefined;
  const end = at + whole.length;
  return { start: end - value.length, end, rule: "api_key" };
}
