/**
 * Records the spans of a producer that is too heavy for the tests, or of another language. Install what its file in
 * `recorders` needs into a folder outside of this one, and run
 *
 * ```sh
 * node --conditions=@genspan/source test/dialects/record.ts FOLDER mastra.mjs [ARGUMENT] > test/dialects/testdata/NAME.json
 * ```
 *
 * Those of Python run with the `python3` that the PATH has first.
 */
import { spawn } from "node:child_process";
import { copyFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCassettes } from "../support/cassettes.ts";
import { startReplayServer } from "../support/replay-server.ts";
import { playsOf, type Recorded, textOf } from "./play.ts";
import type { PrintedSpan } from "./producers/run.ts";
import { RECORDINGS } from "./producers.ts";

const [folder = ".", program = "", argument] = process.argv.slice(2);
const all = loadCassettes();
const server = await startReplayServer(all);
const cassettes = all.filter(({ id }) => RECORDINGS.some((end) => id.endsWith(end)));
for (const file of [
  `recorders/${program}`,
  "recorders/recording.py",
  "recorders/turns.mjs",
  "producers/bodies.ts",
  "producers/run.ts",
]) {
  const target = join(folder, file.split("/").at(-1) ?? "");
  copyFileSync(fileURLToPath(new URL(file, import.meta.url)), target);
}
const runtime = program.endsWith(".py") ? "python3" : process.execPath;
const plays = JSON.stringify(playsOf(cassettes, server.url));
const child = spawn(runtime, [program, plays, ...(argument === undefined ? [] : [argument])], {
  cwd: folder,
  stdio: ["ignore", "pipe", "inherit"],
});
const printed = await textOf(child.stdout);
const spans = JSON.parse(printed.trim().split("\n").at(-1) ?? "{}") as Recorded["spans"]; // printed by the program
const recorded: Recorded = {
  source: `recorders/${program}${argument === undefined ? "" : ` ${argument}`}, whose first lines name the versions`,
  spans: Object.fromEntries(
    Object.entries(spans).flatMap(([id, list]) => (list.length > 0 ? [[id, list.map(withoutPlace)]] : [])),
  ),
};
process.stdout.write(lines(recorded));
await server.close();

/** The port of the server and the folder are others each time. */
function withoutPlace(span: PrintedSpan): PrintedSpan {
  const text = JSON.stringify(span).replaceAll(server.url, "http://127.0.0.1:1").replaceAll(realpathSync(folder), "");
  return JSON.parse(text) as PrintedSpan; // the same shape
}

/** A line for each span. */
function lines({ source, spans }: Recorded): string {
  const byId = Object.entries(spans).map(
    ([id, list]) => `${JSON.stringify(id)}: [\n${list.map((span) => JSON.stringify(span)).join(",\n")}\n]`,
  );
  return `{\n"source": ${JSON.stringify(source)},\n"spans": {\n${byId.join(",\n")}\n}\n}\n`;
}
