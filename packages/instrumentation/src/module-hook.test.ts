/** Each case is a process of its own: module hooks and module caches are the process's. */

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
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
    expect(await esm(code)).toEqual({ copies: [["load-hook", "client.mjs", "7.55.0", 12]], ownErrors: 0 });
  });

  it("finds a client that is required after it", async () => {
    const code = `const { GenAIInstrumentation, status } = require("@genspan/instrumentation");
      new GenAIInstrumentation();
      require("openai");${report}`;
    expect(await cjs(code)).toEqual({ copies: [["load-hook", "client.js", "7.55.0", 12]], ownErrors: 0 });
  });

  it("finds a client that was required before it", async () => {
    const code = `require("openai");
      const { GenAIInstrumentation, status } = require("@genspan/instrumentation");
      new GenAIInstrumentation();${report}`;
    expect(await cjs(code)).toEqual({ copies: [["require-cache", "index.js", "7.55.0", 12]], ownErrors: 0 });
  });

  it("finds both copies where an application imports and requires", async () => {
    const code = `import { createRequire } from "node:module";
      import { GenAIInstrumentation, status } from "@genspan/instrumentation";
      new GenAIInstrumentation();
      await import("openai");
      createRequire(process.cwd() + "/")("openai");${report}`;
    expect(await esm(code)).toMatchObject({
      copies: [
        ["load-hook", "client.mjs", "7.55.0", 12],
        ["load-hook", "client.js", "7.55.0", 12],
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
    expect(await esm(code)).toEqual({ told: 1, reason: "node:module has no registerHooks in this runtime" });
  });
});
