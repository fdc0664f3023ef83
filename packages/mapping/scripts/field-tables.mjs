/**
 * Prints each vendor's field tables, from its mapping rows, into its README between the `fields` markers.
 * `--check` writes nothing and exits 1 when a README is stale.
 * Run with `node --conditions=@genspan/source`.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { vendors } from "../src/index.ts";

const BEGIN = "<!-- fields:begin -->";
const END = "<!-- fields:end -->";

const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function markdown(format) {
  return format.tables
    .map(({ title, fields }) => {
      const rows = fields.map(
        ({ field, available, source }) =>
          `| \`${field}\` | ${available ? cell(source) : `unavailable: ${cell(source)}`} |`,
      );
      return [`**${title}**`, "", "| field | where it comes from |", "|---|---|", ...rows].join("\n");
    })
    .join("\n\n");
}

let stale = 0;
for (const vendor of vendors) {
  const file = new URL(`../src/${vendor.name}/README.md`, import.meta.url);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) {
    console.error(`packages/mapping/src/${vendor.name}/README.md lacks the ${BEGIN} and ${END} markers.`);
    process.exit(1);
  }
  const printed = `${text.slice(0, begin)}${BEGIN}\n${markdown(vendor.configure())}\n${text.slice(end)}`;
  if (printed === text) continue;
  if (process.argv.includes("--check")) {
    console.error(`packages/mapping/src/${vendor.name}/README.md is stale: run \`npx -y pnpm@12 generate\`.`);
    stale++;
  } else {
    writeFileSync(file, printed);
  }
}
process.exitCode = stale === 0 ? 0 : 1;
