/** Prints the table of record formats into the README between its markers. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { vendors } from "../../packages/mapping/src/index.ts";

const BEGIN = "<!-- formats:begin -->";
const END = "<!-- formats:end -->";
const file = new URL("../../README.md", import.meta.url);

const rows = vendors.map((vendor) => {
  const { name, recordName, companion, unit, tables } = vendor.configure();
  const names = [name, ...(vendor.aliases ?? [])].map((one) => `\`${one}\``).join(", ");
  const fields = tables.flatMap((table) => table.fields);
  const filled = fields.filter((field) => field.available).length;
  const coverage = `${filled} of ${fields.length} filled`;
  return `| ${names} | ${vendor.title} | ${[recordName, companion?.recordName].filter(Boolean).join(", ")} | one ${unit} | [${coverage}](packages/mapping/src/${name}/README.md) |`;
});

const head = ["| format | vendor | record | made of | documented fields |", "|---|---|---|---|---|"];
const text = readFileSync(file, "utf8");
const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
const printed = `${text.slice(0, begin + BEGIN.length)}\n${[...head, ...rows].join("\n")}\n${text.slice(end)}`;
if (printed !== text && process.argv.includes("--check")) {
  console.error("README.md is stale: run `npx -y pnpm@12 generate`.");
  process.exit(1);
}
if (printed !== text) writeFileSync(file, printed);
