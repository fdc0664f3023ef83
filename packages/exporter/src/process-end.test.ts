import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { listen, readBody, sendJson } from "../../../test/support/http.ts";
import { startOtlpSink } from "../../../test/support/otlp-sink.ts";
import { startProgram } from "./testing/programs.ts";

/** Runs a program that ends three spans for `url`, then `last`; its exit code, and how long it took to end. */
async function run(url: string, last: string): Promise<{ readonly code: number | null; readonly millis: number }> {
  const program = `
    import { startSdk, tinyEndpoint, tinyFormat } from "./testing/parts.ts";
    import { vendorDestination } from "./index.ts";
    const destinations = [vendorDestination({ vendor: tinyFormat("span", tinyEndpoint("${url}")) })];
    const { tracer, processor } = startSdk({ destinations, retry: { initialDelayMillis: 30_000, maxDelayMillis: 30_000 } });
    for (const name of ["a", "b", "c"]) tracer.startSpan(name).end();
    process.stdout.write("started");
    ${last}`;
  const child = spawn(
    process.execPath,
    ["--conditions=@genspan/source", "--input-type=module", "--no-warnings", "--eval", program],
    { cwd: fileURLToPath(new URL(".", import.meta.url)), stdio: ["ignore", "pipe", "inherit"] },
  );
  const startedAt = new Promise<number>((resolve) => child.stdout.once("data", () => resolve(performance.now())));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, millis: performance.now() - (await startedAt) };
}

it("delivers what a process ended, when forceFlush is the last thing that it waits for", async () => {
  const names: string[] = [];
  const server = await listen(async (request, response) => {
    const body = (await readBody(request)).toString();
    for (const [, name] of body.matchAll(/"names":\["(\w)"\]/g)) names.push(name ?? "");
    sendJson(response, 200, {});
  });
  const { code } = await run(server.url, "await processor.forceFlush();");
  await server.close();
  expect({ code, names: names.sort() }).toEqual({ code: 0, names: ["a", "b", "c"] });
});

it("delivers what is in memory before SIGTERM takes its effect, where that is asked for", async () => {
  const sink = await startOtlpSink();
  const { ended, output } = startProgram(`
    import { otlp } from "./index.ts";
    import { startSdk } from "./testing/parts.ts";
    const { tracer } = startSdk({ destinations: [otlp({ url: "${sink.url}/v1/traces" })], handleSigterm: true });
    tracer.startSpan("a").end();
    process.kill(process.pid, "SIGTERM");
    setInterval(() => {}, 1000);`);
  expect(await ended, output().stderr).toBe("SIGTERM");
  expect(sink.spans.map(({ name }) => name)).toEqual(["a"]);
  await sink.close();
});

it.each(["{}", "{ spool: { directory: DIRECTORY } }"])(
  "with %s records what an application does that ends by a handler of its own",
  async (options) => {
    const sink = await startOtlpSink();
    const root = mkdtempSync(join(tmpdir(), "genspan-end-"));
    const { ended, output } = startProgram(`
      import { otlp } from "./index.ts";
      import { startSdk } from "./testing/parts.ts";
      const DIRECTORY = ${JSON.stringify(join(root, "spool"))};
      const { tracer, processor } = startSdk({
        destinations: [otlp({ url: "${sink.url}/v1/traces" })], handleSigterm: true, ...(${options}),
      });
      const request = tracer.startSpan("a request that was on its way");
      process.on("SIGTERM", () => setTimeout(async () => {
        request.end();
        await processor.shutdown();
        process.exit(5);
      }, 50));
      process.kill(process.pid, "SIGTERM");
      setInterval(() => {}, 1000);`);
    expect(await ended, output().stderr).toBe(5);
    expect(sink.spans.map(({ name }) => name)).toEqual(["a request that was on its way"]);
    await sink.close();
    rmSync(root, { recursive: true });
  },
);

it("does not keep a process alive for a server that is away", async () => {
  const { code, millis } = await run(await closedUrl(), "");
  expect(code).toBe(0);
  expect(millis).toBeLessThan(3000);
});

async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 9}`;
}
