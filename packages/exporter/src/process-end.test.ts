import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { listen, readBody, sendJson } from "../../../test/support/http.ts";

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
