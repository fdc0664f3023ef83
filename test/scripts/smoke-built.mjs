/**
 * Loads every built package as applications do, by import and by require, and maps one span with both: what one format
 * of a package exports and computes, the other must as well.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = new URL("../../packages/", import.meta.url);
const packages = ["semconv", "instrumentation", "mapping", "exporter", "node", "cli", "mocks"];
const require = createRequire(import.meta.url);

const trace = (await import("node:fs")).readFileSync(
  new URL("mapping/src/cyberpod/testdata/agent-trace.span.json", root),
  "utf8",
);

function recordsOf({ decodeOtlpTraces, GenAISpan, mapTrace, tracesOf, vendors }) {
  const spans = decodeOtlpTraces(JSON.parse(trace)).spans.map((span) => new GenAISpan(span));
  return vendors.flatMap((vendor) =>
    tracesOf(spans).flatMap((one) => mapTrace(vendor.configure(), one).map(({ record }) => record)),
  );
}

for (const name of packages) {
  const imported = await import(pathToFileURL(fileURLToPath(new URL(`${name}/dist/index.mjs`, root))));
  const required = require(fileURLToPath(new URL(`${name}/dist/index.cjs`, root)));
  assert.deepEqual(Object.keys(required).sort(), Object.keys(imported).sort(), `exports of ${name}`);
  if (name === "mapping") {
    const records = recordsOf(imported);
    assert.deepEqual(recordsOf(required), records);
    assert.ok(
      records.some((record) => record.request_hash),
      "a request hash is computed",
    );
  }
}
console.log(`import and require: ${packages.length} packages agree`);
