/** Ways in which an application and its client library come into the process. Each application is a process of its own. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BehaviourServer, startBehaviourServer } from "../support/behaviour-server.ts";
import { type ClientCopies, createClientCopies, readCopy } from "./behaviour/client-copies.ts";
import { replies } from "./clients/openai/replies.ts";
import type { AppReport } from "./loading/preload.ts";
import { type AppOptions, runApp } from "./loading/run-app.ts";

/** Folders in test/node_modules. */
const INSTALLED = { 4: "openai-4", 5: "openai-5", 6: "openai-6", 7: "openai" } as const;
type Version = keyof typeof INSTALLED;

let server: BehaviourServer;
let copies: ClientCopies;
beforeAll(async () => {
  server = await startBehaviourServer();
  server.open("loading", replies);
  copies = createClientCopies();
});
afterAll(async () => {
  copies.remove();
  await server.close();
});

let files = 0;
function app(
  version: Version,
  format: "cjs" | "mjs",
  source: string,
  enable: AppOptions["enable"],
): Promise<AppReport> {
  const file = copies.write(
    readCopy("openai", INSTALLED[version]),
    `app-${files++}.${format}`,
    `${helpers}\n${source}`,
  );
  return runApp(file, { url: `${server.url}/loading/app/v1`, enable });
}

/** Parts of the applications; `client` and `call` are theirs, not ours. */
const helpers = `
const newClient = (OpenAI) => new OpenAI({ apiKey: "key", baseURL: process.env.GENSPAN_TEST_URL });
const call = (client) => client.chat.completions.create({ model: "gpt-5", messages: [{ role: "user", content: "Hi" }] });`;
const importIt = 'import { OpenAI } from "openai";';
const requireIt = 'const { OpenAI } = require("openai");';
const reachedBy = ({ status }: AppReport): readonly string[] =>
  status.modules.flatMap((module) => module.copies.flatMap((copy) => copy.reachedBy));

describe.each([4, 5, 6, 7] as const)("openai %i, loaded after --import", (version) => {
  it("is traced in an ES module that imports it", async () => {
    const report = await app(version, "mjs", `${importIt} await call(newClient(OpenAI));`, "first");
    expect(report).toMatchObject({ ended: ["chat gpt-5"], open: 0 });
    expect(reachedBy(report)).toContain("load-hook");
  });

  it("is traced in a CommonJS file that requires it, and its version is known", async () => {
    const report = await app(version, "cjs", `${requireIt} call(newClient(OpenAI)).then(() => {});`, "first");
    expect(report).toMatchObject({ ended: ["chat gpt-5"], open: 0 });
    const reached = report.status.modules.flatMap((module) => module.copies);
    expect(reached).toHaveLength(1);
    const [copy] = reached;
    expect(copy?.version).toMatch(new RegExp(`^${version}\\.`));
    expect(copy?.missing).toEqual([]);
  });
});

describe("an application", () => {
  it("that loads the library in both formats has both copies traced", async () => {
    const both = `
      import { createRequire } from "node:module";
      ${importIt}
      const required = createRequire(import.meta.url)("openai");
      if (required.OpenAI === OpenAI) throw new Error("these should be two copies");
      await call(newClient(OpenAI)); await call(newClient(required.OpenAI));`;
    expect(await app(7, "mjs", both, "first")).toMatchObject({ ended: ["chat gpt-5", "chat gpt-5"], open: 0 });
  });

  it("that imports the library later, dynamically, is traced", async () => {
    const source = 'const { default: OpenAI } = await import("openai"); await call(newClient(OpenAI));';
    expect((await app(7, "mjs", source, "first")).ended).toEqual(["chat gpt-5"]);
  });

  it("that required the library first is traced once the instrumentation is enabled", async () => {
    const source = `${requireIt} new genspan.GenAIInstrumentation().enable(); call(newClient(OpenAI)).then(() => {});`;
    const report = await app(7, "cjs", source, "never");
    expect(report.ended).toEqual(["chat gpt-5"]);
    expect(reachedBy(report)).toContain("require-cache");
  });

  it("that imported the library first is traced where it hands over the client, the class or the namespace", async () => {
    const targets = [
      `await call(genspan.instrument(newClient(OpenAI)));`,
      `genspan.instrument(OpenAI); await call(newClient(OpenAI));`,
      `import * as library from "openai"; genspan.instrument(library); await call(newClient(OpenAI));`,
    ];
    for (const target of targets) {
      expect((await app(7, "mjs", `${importIt} ${target}`, "never")).ended, target).toEqual(["chat gpt-5"]);
    }
  });

  it("that instruments in several ways has one span a call", async () => {
    const source = `${importIt} genspan.instrument(OpenAI);
      await call(genspan.instrument(genspan.instrument(newClient(OpenAI))));`;
    expect((await app(7, "mjs", source, "first")).ended).toEqual(["chat gpt-5"]);
  });

  it("that instruments one client has no other client traced", async () => {
    const source = `${importIt} genspan.instrument(newClient(OpenAI)); await call(newClient(OpenAI));`;
    expect((await app(7, "mjs", source, "never")).ended).toEqual([]);
  });

  it("that disables the instrumentation has no span from then on, and has them again when it enables it", async () => {
    const switching = `const genai = new genspan.GenAIInstrumentation();
      (async () => {
        genai.enable();
        const { OpenAI } = require("openai");
        const client = newClient(OpenAI);
        await call(client);
        genai.disable(); await call(client);
        genai.enable(); await call(client);
      })();`;
    expect((await app(7, "cjs", switching, "never")).ended).toEqual(["chat gpt-5", "chat gpt-5"]);
  });

  it("that never instruments anything has no spans, and the status says so", async () => {
    const report = await app(7, "mjs", `${importIt} await call(newClient(OpenAI));`, "never");
    expect(report).toMatchObject({ ended: [], open: 0, status: { globallyEnabled: false, ownErrors: 0 } });
  });
});
