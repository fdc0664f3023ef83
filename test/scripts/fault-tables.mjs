/** Prints the fault cases, and what they prove, into test/faults/README.md between its markers. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { NOT_PROMISED, PROMISED } from "../faults/promises.ts";
import { faultCases } from "../faults/registry.ts";

const file = new URL("../faults/README.md", import.meta.url);

function proof(provedBy) {
  if (typeof provedBy === "string") return provedBy;
  const unknown = provedBy.find((number) => !faultCases.some((one) => one.number === number));
  if (unknown !== undefined) throw new Error(`there is no case ${unknown}`);
  return provedBy.join(", ");
}

const row = ({ promise, provedBy }) => `| ${promise} | ${proof(provedBy)} |`;
const promises = [
  "| promised, with a spool | cases |",
  "|---|---|",
  ...PROMISED.map(row),
  "",
  "| not promised | cases |",
  "|---|---|",
  ...NOT_PROMISED.map(row),
];
const cases = [
  "| | case | expected |",
  "|---|---|---|",
  ...faultCases.map(({ number, name, expected }) => `| ${number} | ${name} | ${expected} |`),
];

function withSection(text, name, lines) {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  return `${text.slice(0, from)}\n${lines.join("\n")}\n${text.slice(to)}`;
}

const text = readFileSync(file, "utf8");
const printed = withSection(withSection(text, "promises", promises), "cases", cases);
if (printed !== text && process.argv.includes("--check")) {
  console.error("test/faults/README.md is stale: run `npx -y pnpm@12 generate`.");
  process.exit(1);
}
if (printed !== text) writeFileSync(file, printed);
