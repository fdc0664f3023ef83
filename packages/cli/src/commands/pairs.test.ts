import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findVendor, vendors } from "@genspan/mapping";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invoke } from "../testing.ts";

/** From each vendor to each: the same trace, as the golden records of the vendors' folders have it. */

const names = vendors.map(({ name }) => name);
const projectId = "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10";
/** What records need that another vendor's do not say. */
const options: Readonly<Record<string, object>> = {
  log10: { organizationId: "org_1" },
  noveum: { provider: "openai" },
  galileo: { projectId },
  "galileo-ingest": { projectId },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "genspan-pairs-"));
  for (const name of names) writeFileSync(join(folder, name), JSON.stringify(options[name] ?? {}));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function golden(name: string): readonly object[] {
  const file = new URL(`../../../mapping/src/${name}/testdata/agent-trace.record.json`, import.meta.url);
  const records: unknown = JSON.parse(readFileSync(file, "utf8"));
  return (Array.isArray(records) ? records : [records]) as readonly object[];
}

function mapped(from: string, to: string) {
  const input = golden(from).map((record) => `${JSON.stringify(record)}\n`);
  return invoke(["map", "--from", from, "--to", to, "--options", join(folder, to)], [input.join("")]);
}

describe.each(names)("genspan map --from %s", (from) => {
  it.each(names)("--to %s gives records as documented, and nothing to complain of", async (to) => {
    const { exitCode, output, errors } = await mapped(from, to);
    expect([exitCode, errors]).toEqual([0, ""]);
    const format = findVendor(to)?.configure(options[to]);
    const records = output.trim().split("\n");
    // Log10 has the two calls of a model alone, Noveum also the embeddings, which Galileo's documented Trace calls a search.
    const fewest = { log10: 2, noveum: ["log10", "galileo"].includes(from) ? 2 : 3 }[to] ?? 1;
    expect(records.length).toBeGreaterThanOrEqual(fewest);
    for (const record of records) expect(format?.schema.safeParse(JSON.parse(record)).error).toBeUndefined();
    // What no pair may lose.
    if (from !== "cyberpod" && to !== "cyberpod") expect(output).toContain("weather in Paris");
    // CyberPod wants the provider in the model's name, which these records do not say.
    if (to !== "cyberpod" || !["log10", "galileo"].includes(from)) expect(output).toContain("gpt-4o-mini");
    expect(output).toMatch(/[":]148\b/);
  });
});
