/** Each case is a process of its own: module hooks and module caches are the process's. */

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { VERSION } from "openai/version";
import { describe, expect, it } from "vitest";
import { openai } from "./openai/index.ts";
import { adapters } from "./registry.ts";

const run = promisify(execFile);
const methodCount = Object.keys(openai.methods).length;
const packageFolder = fileURLToPath(new URL("..", import.meta.url));

async function inProcess(code: string, args: readonly string[] = []): Promise<unknown> {
  const flags = ["--conditions=@genspan/source", "--no-warnings", ...args, "--eval", code];
  const { stdout } = await run(process.execPath, flags, { cwd: packageFolder });
  return JSON.parse(stdout);
}

const esm = (code: string): Promise<unknown> => inProcess(code, ["--input-type=module"]);
const cjs = (code: string): Promise<unknown> => inProcess(code, ["--input-type=commonjs"]);

const report = `
  const { modules: [openai], ownErrors, loadHookUnavailable } = status();
  console.log(JSON.stringify({
    copies: openai.copies.map((copy) => [copy.reachedBy.join(), copy.file?.split("/").at(-1), copy.version, copy.patched.length]),
    ownErrors, loadHookUnavailable,
  }));`;

describe("GenAIInstrumentation", () => {
  it("finds a client that is imported after it", async () => {
    const code = `import { GenAIInstrumentation, status } from "@genspan/instrumentation";
      new GenAIInstrumentation();
      await import("openai");${report}`;
    expect(await esm(code)).toEqual({ copies: [["load-hook", "client.mjs", VERSION, methodCount]], ownErrors: 0 });
  });

  it("finds a client that is required after it", async () => {
    const code = `const { GenAIInstrumentation, status } = require("@genspan/instrumentation");
      new GenAIInstrumentation();
      require("openai");${report}`;
    expect(await cjs(code)).toEqual({ copies: [["load-hook", "client.js", VERSION, methodCount]], ownErrors: 0 });
  });

  it("finds a client that was required before it", async () => {
    const code = `require("openai");
      const { GenAIInstrumentation, status } = require("@genspan/instrumentation");
      new GenAIInstrumentation();${report}`;
    expect(await cjs(code)).toEqual({ copies: [["require-cache", "index.js", VERSION, methodCount]], ownErrors: 0 });
  });

  it("finds both copies where an application imports and requires", async () => {
    const code = `import { createRequire } from "node:module";
      import { GenAIInstrumentation, status } from "@genspan/instrumentation";
      new GenAIInstrumentation();
      await import("openai");
      createRequire(process.cwd() + "/")("openai");${report}`;
    expect(await esm(code)).toMatchObject({
      copies: [
        ["load-hook", "client.mjs", VERSION, methodCount],
        ["load-hook", "client.js", VERSION, methodCount],
      ],
    });
  });

  it("finds nothing after disable()", async () => {
    const code = `import { GenAIInstrumentation, status } from "@genspan/instrumentation";
      new GenAIInstrumentation().disable();
      await import("openai");${report}`;
    expect(await esm(code)).toEqual({ copies: [], ownErrors: 0 });
  });

  it("throws nothing where the runtime has no load hooks, and says so once", async () => {
    const code = `import Module from "node:module";
      delete Module.registerHooks;
      import { diag } from "@opentelemetry/api";
      const told = [];
      const quiet = () => {};
      diag.setLogger({ error: quiet, warn: (text) => told.push(text), info: quiet, debug: quiet, verbose: quiet });
      import { GenAIInstrumentation, status } from "@genspan/instrumentation";
      const instrumentation = new GenAIInstrumentation();
      instrumentation.enable();
      console.log(JSON.stringify({ told: told.length, reason: status().loadHookUnavailable }));`;
    expect(await esm(code)).toEqual({ told: 1, reason: expect.stringMatching(/^node:module has no registerHooks/) });
  });
});

it("says why where another loader than Node's refuses hooks, as Jest does", async () => {
  const code = `import Module from "node:module";
    Module.registerHooks = () => { throw new Error("not supported in Jest."); };
    const { GenAIInstrumentation, status } = await import("@genspan/instrumentation");
    new GenAIInstrumentation();${report}`;
  expect(await esm(code)).toEqual({ copies: [], ownErrors: 0, loadHookUnavailable: "not supported in Jest." });
});

describe("what keeps calls from being traced", () => {
  const listen = `import { diag } from "@opentelemetry/api";
    const told = [];
    const quiet = () => {};
    diag.setLogger({ error: quiet, warn: (text) => told.push(text), info: quiet, debug: quiet, verbose: quiet });
    import { GenAIInstrumentation, instrument, status } from "@genspan/instrumentation";`;
  const tell = `console.log(JSON.stringify({ told, same: told.join() === status().warnings.map((text) => "genspan: " + text).join(),
    copies: status().modules.flatMap((one) => one.copies.map((copy) => [one.module, copy.unreached, copy.patched.length])) }));`;

  it("is told once where a client library was imported before", async () => {
    const code = `import "openai"; ${listen}
      new GenAIInstrumentation();
      status();
      ${tell}`;
    expect(await esm(code)).toEqual({
      told: [expect.stringContaining("openai: loaded before the instrumentation, and so not traced.")],
      same: true,
      copies: [["openai", "loaded before the instrumentation", 0]],
    });
  });

  it("is told without being asked, a while later", async () => {
    const code = `import "openai"; ${listen}
      new GenAIInstrumentation();
      await new Promise((resolve) => setTimeout(resolve, 2300));
      console.log(JSON.stringify(told.length));`;
    expect(await esm(code)).toBe(1);
  });

  it.each([
    ["ends", ""],
    ["ends by exit()", "process.exit();"],
    ["takes the instrumentation back", "instrumentation.disable();"],
  ])("is told when a program %s before that", async (_name, last) => {
    const code = `import "openai"; ${listen}
      const instrumentation = new GenAIInstrumentation();
      process.on("exit", () => console.log(JSON.stringify(told.length)));
      ${last}`;
    expect(await esm(code)).toBe(1);
  });

  it.each(["@opentelemetry/api", createRequire(import.meta.url).resolve("@opentelemetry/api")])(
    "is told beside loaders of others, such as %s, which set nothing of ours up",
    async (loader) => {
      const code = `import "openai"; ${listen}
      new GenAIInstrumentation();
      await new Promise((resolve) => setTimeout(resolve, 2300));
      console.log(JSON.stringify(told.length));`;
      expect(await inProcess(code, ["--input-type=module", `--require=${loader}`])).toBe(1);
    },
  );

  it("is not looked for where a client was found or is given", async () => {
    const code = `import OpenAI from "openai"; ${listen}
      new GenAIInstrumentation();
      instrument(new OpenAI({ apiKey: "k" }));
      ${tell}`;
    expect(await esm(code)).toMatchObject({ told: [], copies: [["openai", null, methodCount]] });
  });

  it("is told once where a client library is bundled into the application", async () => {
    const folder = await mkdtemp(join(tmpdir(), "genspan-"));
    const file = join(folder, "bundle.mjs");
    const library = await readFile(createRequire(import.meta.url).resolve("openai/client.mjs"), "utf8");
    await writeFile(file, `export const text = ${JSON.stringify(library)};`);
    const code = `${listen}
      new GenAIInstrumentation();
      await import(${JSON.stringify(pathToFileURL(file).href)});
      status();
      ${tell}`;
    const reported = await esm(code);
    await rm(folder, { recursive: true });
    expect(reported).toEqual({
      told: [expect.stringContaining("openai seems to be bundled into file:")],
      same: true,
      copies: [["openai", "part of a bundle", 0]],
    });
  });

  it("is not told of a bundle whose client is given", async () => {
    const folder = await mkdtemp(join(tmpdir(), "genspan-"));
    const file = join(folder, "bundle.mjs");
    const library = await readFile(createRequire(import.meta.url).resolve("openai/client.mjs"), "utf8");
    await writeFile(file, `export const text = ${JSON.stringify(library)};`);
    const code = `import OpenAI from "openai"; ${listen}
      new GenAIInstrumentation();
      await import(${JSON.stringify(pathToFileURL(file).href)});
      instrument(new OpenAI({ apiKey: "k" }));
      status();
      console.log(JSON.stringify(told));`;
    const told = await esm(code);
    await rm(folder, { recursive: true });
    expect(told).toEqual([]);
  });

  it("is not suspected of a bundle that holds this package, which knows the marks of all libraries", async () => {
    const folder = await mkdtemp(join(tmpdir(), "genspan-"));
    const file = join(folder, "bundle.mjs");
    const marks = adapters.flatMap(({ bundleMarkers = [] }) => bundleMarkers);
    const text = JSON.stringify(["genspan.instrumentation.state.1", ...marks, "x".repeat(30_000)]);
    await writeFile(file, `export const text = ${text};`);
    const code = `${listen}
      new GenAIInstrumentation();
      await import(${JSON.stringify(pathToFileURL(file).href)});
      ${tell}`;
    const reported = await esm(code);
    await rm(folder, { recursive: true });
    expect(marks.length).toBeGreaterThan(3);
    expect(reported).toEqual({ told: [], same: true, copies: [] });
  });

  it("is told once where the provider is registered through an older copy of the API", async () => {
    const code = `${listen}
      import OpenAI from "openai";
      diag.disable();
      globalThis[Symbol.for("opentelemetry.js.api.1")] = { version: "1.8.0", trace: {} };
      const fetch = async () => Response.json({ choices: [] });
      const client = instrument(new OpenAI({ apiKey: "k", fetch }));
      for (const _ of [1, 2]) await client.chat.completions.create({ model: "m", messages: [] });
      console.log(JSON.stringify(status().warnings));`;
    expect(await esm(code)).toEqual([
      expect.stringMatching(/registered through a copy of @opentelemetry.api \(1\.8\.0\) that is older/),
    ]);
  });
});
