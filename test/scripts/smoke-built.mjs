/**
 * Loads every built package as applications do, by import and by require, maps one span with both, and stores one in a
 * spool, whose thread is a file of its own: what one format of a package exports and does, the other must as well, and a
 * bundle, too.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { build } from "esbuild";

const root = new URL("../../packages/", import.meta.url);
const packages = ["semconv", "instrumentation", "mapping", "exporter", "node", "cli", "mocks"];
const require = createRequire(import.meta.url);

const trace = readFileSync(new URL("mapping/src/cyberpod/testdata/agent-trace.span.json", root), "utf8");

function recordsOf({ decodeOtlpTraces, GenAISpan, mapTrace, tracesOf, vendors }) {
  const spans = decodeOtlpTraces(JSON.parse(trace)).spans.map((span) => new GenAISpan(span));
  return vendors.flatMap((vendor) =>
    tracesOf(spans).flatMap((one) => mapTrace(vendor.configure(), one).map(({ record }) => record)),
  );
}

/** As an application gets it that is bundled to CommonJS, where no file knows its own place; it runs where we are installed. */
async function bundled(entry) {
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  const outfile = join(mkdtempSync(join(tmpdir(), "genspan-bundle-")), "bundle.cjs");
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "cjs", logLevel: "error" });
  try {
    return require(outfile);
  } finally {
    rmSync(dirname(outfile), { recursive: true });
  }
}

/** Nobody listens there: what the spool's thread wrote stays. */
async function spooledBy({ GenAISpanProcessor, otlp, SpoolReader }) {
  const root = mkdtempSync(join(tmpdir(), "genspan-smoke-"));
  const directory = join(root, "spool");
  try {
    const destinations = [otlp({ url: "http://127.0.0.1:9/v1/traces" })];
    const processor = new GenAISpanProcessor({ destinations, spool: { directory }, shutdownTimeoutMillis: 100 });
    new BasicTracerProvider({ spanProcessors: [processor] }).getTracer("smoke").startSpan("a").end();
    const stored = await processor.store({ timeoutMillis: 20_000 });
    await processor.shutdown();
    const reader = new SpoolReader(directory);
    const [queue] = reader.destinations();
    reader.close();
    return { stored, queued: queue?.queued };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Where ES modules cannot be required, as in Jest and AWS Lambda, nothing that we require may be one. */
function requireAlone(file) {
  const code = `require(${JSON.stringify(file)})`;
  execFileSync(process.execPath, ["--no-experimental-require-module", "--eval", code], { stdio: "inherit" });
}

for (const name of packages) {
  const imported = await import(pathToFileURL(fileURLToPath(new URL(`${name}/dist/index.mjs`, root))));
  const file = fileURLToPath(new URL(`${name}/dist/index.cjs`, root));
  const required = require(file);
  if (name !== "cli") requireAlone(file); // its parser of arguments is an ES module, and a program needs no other form
  assert.deepEqual(Object.keys(required).sort(), Object.keys(imported).sort(), `exports of ${name}`);
  if (name === "mapping") {
    const records = recordsOf(imported);
    assert.deepEqual(recordsOf(required), records);
    assert.ok(
      records.some((record) => record.request_hash),
      "a request hash is computed",
    );
  }
  if (name === "exporter") {
    const bundle = await bundled(fileURLToPath(new URL("exporter/dist/index.mjs", root)));
    for (const loaded of [imported, required, bundle]) {
      assert.deepEqual(await spooledBy(loaded), { stored: true, queued: 1 }, "the spool of the built package");
    }
  }
}
console.log(`import and require: ${packages.length} packages agree`);
