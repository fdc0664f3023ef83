/** Prints the tables of options and of client libraries into the instrumentation's README. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { adapters } from "../../packages/instrumentation/src/registry.ts";

const folder = new URL("../../packages/instrumentation/", import.meta.url);
const file = new URL("README.md", folder);

function libraries() {
  const rows = adapters.map(({ module, supportedVersions, methods }) => {
    const versions = supportedVersions.map(({ from, to }) => `${from} to ${to}.x`).join(", ");
    const calls = Object.keys(methods).filter((path) => methods[path].isHelper !== true);
    const names = calls.map((path) => `\`${path.split(".").map(calledName).join(".")}\``);
    return `| \`${module}\` | ${versions} | ${names.join(", ")} |`;
  });
  return ["| library | versions | methods |", "|---|---|---|", ...rows];
}

/** Library and reason once each: several calls go untraced for the same reason. */
function untraced() {
  const rows = adapters.flatMap(({ module, untraced: calls = {} }) => {
    const byReason = Map.groupBy(Object.entries(calls), ([, reason]) => reason);
    return [...byReason].map(
      ([reason, entries]) => `| \`${module}\` | ${entries.map(([call]) => `\`${call}\``).join(", ")} | ${reason} |`,
    );
  });
  return ["| library | calls | why |", "|---|---|---|", ...rows];
}

/** What applications write: clients have resources in lower case, and methods that call the patched, inner ones. */
function calledName(name) {
  return name.replace(/^_+|Internal$/g, "").replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

/** Each property of the interface with the comment above it. */
function options() {
  const source = readFileSync(new URL("src/options.ts", folder), "utf8");
  const body = /export interface InstrumentationOptions \{\n([\s\S]*?)\n\}/.exec(source)?.[1] ?? "";
  const properties = body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*readonly (\w+)\?:/g);
  const rows = [...properties].map(([, comment, name]) => `| \`${name}\` | ${sentence(comment)} |`);
  return ["| option | |", "|---|---|", ...rows];
}

function sentence(comment) {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\*\s?/, "").trim());
  return lines
    .filter(Boolean)
    .join(" ")
    .replaceAll("|", "\\|")
    .replaceAll(/ - (`\w+`:)/g, "<br>$1");
}

function printed(text, name, lines) {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start < 0 || stop < 0) throw new Error(`packages/instrumentation/README.md has no ${begin} ... ${end}`);
  return `${text.slice(0, start + begin.length)}\n${lines.join("\n")}\n${text.slice(stop)}`;
}

const text = readFileSync(file, "utf8");
const tables = { options: options(), libraries: libraries(), untraced: untraced() };
const fresh = Object.entries(tables).reduce((printing, [name, lines]) => printed(printing, name, lines), text);
if (fresh !== text && process.argv.includes("--check")) {
  console.error("packages/instrumentation/README.md is stale: run `npx -y pnpm@12 generate`.");
  process.exit(1);
}
if (fresh !== text) writeFileSync(file, fresh);
