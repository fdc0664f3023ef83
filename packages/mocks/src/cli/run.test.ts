import { expect, it } from "vitest";
import { run } from "./run.ts";

async function genspanMocks(args: readonly string[], meanwhile: (url: string) => Promise<unknown> = async () => {}) {
  const controller = new AbortController();
  let output = "";
  let errors = "";
  const code = run(args, {
    output: { write: (text: string) => (output += text) },
    errors: { write: (text: string) => (errors += text) },
    signal: controller.signal,
  });
  const started = () => /^\S+ (https?:\S+)$/m.exec(output)?.[1];
  await Promise.race([code, expect.poll(started, { timeout: 5000 }).toBeDefined()]);
  const url = started();
  if (url !== undefined) await meanwhile(url);
  controller.abort();
  return { code: await code, output, errors };
}

const headers = { authorization: "Bearer k", "content-type": "application/json" };

it("prints what it got, line by line, and what it got in all", async () => {
  const { code, output } = await genspanMocks(["keywords-ai", "--port", "0", "--records"], async (url) => {
    const body = JSON.stringify({ log_type: "chat", name: "first" });
    await fetch(`${url}/api/request-logs/`, { method: "POST", headers, body });
  });
  expect(output).toMatch(
    /keywords-ai {2}POST \/api\/request-logs\/ {2}200 {2}1 of 1 taken {2}0\.0 kB {2}\[chat first\]\n/,
  );
  expect(output).toContain('{"log_type":"chat","name":"first"}\n');
  expect(output).toContain("keywords-ai: 1 requests, 1 × RequestLog, 0 of them again, 0 problems\n");
  expect(code).toBe(0);
});

it("fails as the command line says, and ends with 1 where records had problems", async () => {
  const { code, output } = await genspanMocks(
    ["cyberpod", "--port", "0", "--fail", "503", "--retry-after", "2", "--times", "1"],
    async (url) => {
      const send = () => fetch(`${url}/api/v1/telemetry/traces`, { method: "POST", headers, body: "{}" });
      expect((await send()).headers.get("retry-after")).toBe("2");
      expect((await send()).status).toBe(400);
    },
  );
  expect(output).toContain("503  0 of 0 taken  0.0 kB  (status, as told)");
  expect(output).toMatch(/400 {2}0 of 1 taken .* PROBLEMS: /);
  expect(code).toBe(1);
});

it.each([
  [["nobody"], /unknown mock "nobody"; choose from log10/],
  [["otlp", "--port", "0", "--fail", "sulk"], /unknown fault "sulk"; choose from 503/],
  [["--port", "many"], /must be a whole number/],
])("tells a wrong usage in one sentence: %j", async (args, message) => {
  const { code, errors } = await genspanMocks(args);
  expect(code).toBe(2);
  expect(errors).toMatch(message);
});

it("has a help text", async () => {
  const { code, output } = await genspanMocks(["--help"]);
  expect(code).toBe(0);
  expect(output).toContain("lost-reply");
});
