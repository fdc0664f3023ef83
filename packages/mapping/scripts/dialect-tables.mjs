/**
 * Prints the dialects that are read, and what is kept of each in every dialect that is spoken, into DIALECTS.md.
 * `--check` writes nothing and exits 1 when it is stale. Run with `node --conditions=@genspan/source`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { keptThrough } from "../src/engine/dialects/out/kept.ts";
import { SAMPLES } from "../src/engine/dialects/out/samples.ts";
import { SPOKEN_DIALECTS, to } from "../src/engine/dialects/out/speak.ts";
import { DIALECTS } from "../src/engine/dialects/registry.ts";
import { spanOf } from "../src/engine/testing.ts";
import { COUNTING } from "../src/engine/token-algebra.ts";

const fixtureDirectory = new URL("../src/engine/dialects/testdata/", import.meta.url);
const samples = Object.values(SAMPLES).map((attributes) => spanOf({ attributes }));
const code = (names) => names.map((name) => `\`${name}\``).join(", ") || "none of its own";

const recognised = DIALECTS.map(({ name, source, scopes, markers, rows, flattened = [], prefixes = [] }) => {
  const shown = markers.length > 6 ? [...markers.slice(0, 5), "…"] : markers;
  const count = rows.length + flattened.length + prefixes.length;
  return `| ${name} | ${code(scopes)} | ${code(shown).replace("`…`", "…")} | ${count} | ${source} |`;
});

/** Spans of each dialect: those that we say ourselves, and those of the fixtures. */
const origins = [
  ...SPOKEN_DIALECTS.map((dialect) => [dialect, samples.map(to(dialect))]),
  ...readdirSync(fixtureDirectory)
    .sort()
    .map((file) => {
      const { span } = JSON.parse(readFileSync(new URL(file, fixtureDirectory), "utf8"));
      const events = (span.events ?? []).map((event) => ({ ...event, time: [0, 0] }));
      return [file.replace(".json", ""), [spanOf({ ...span, instrumentationScope: { name: span.scope }, events })]];
    }),
];
const changedNames = new Set();
const matrix = origins.map(([name, spans]) => {
  const cells = SPOKEN_DIALECTS.map((dialect) => {
    const { total, kept, changed } = keptThrough(spans, [dialect]);
    for (const one of changed) changedNames.add(one);
    return `${kept} of ${total}`;
  });
  return `| ${name} | ${cells.join(" | ")} |`;
});

const file = new URL("../DIALECTS.md", import.meta.url);
const sections = {
  read: ["| dialect | scopes | marker attributes | rows | taken from |", "|---|---|---|---|---|", ...recognised],
  counting: [
    "| source | cached tokens and the input | reasoning tokens and the output | where that is said |",
    "|---|---|---|---|",
    ...Object.entries(COUNTING).map(
      ([name, { cache, reasoning, source }]) => `| ${name} | ${cache} | ${reasoning} | ${source} |`,
    ),
  ],
  kept: [
    `| from \\ to | ${SPOKEN_DIALECTS.join(" | ")} |`,
    `|---|${SPOKEN_DIALECTS.map(() => "---|").join("")}`,
    ...matrix,
    "",
    `Attributes that are not kept as they were: ${code([...changedNames].sort())}.`,
  ],
};
const text = readFileSync(file, "utf8");
let printed = text;
for (const [name, lines] of Object.entries(sections)) {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [before, rest = ""] = printed.split(begin);
  printed = `${before}${begin}\n${lines.join("\n")}\n${end}${rest.split(end)[1] ?? ""}`;
}
if (printed !== text) {
  if (process.argv.includes("--check")) {
    console.error("packages/mapping/DIALECTS.md is stale: run `npx -y pnpm@12 generate`.");
    process.exitCode = 1;
  } else writeFileSync(file, printed);
}
