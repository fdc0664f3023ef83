/** Delivery in other JavaScript runtimes: with a spool where there are threads and SQLite, and from memory where not. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mock, startMock } from "@genspan/mocks";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { type DeliveryReport, SPANS } from "./delivery.ts";
import { type Runtime, runProgram, runWorker } from "./run.ts";

const root = mkdtempSync(join(tmpdir(), "genspan-runtimes-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Two keys of each span, hidden once for all destinations. */
const REDACTED = { replaced: { api_key: 2 * SPANS }, withheld: 0, removed: 0 };

let otlp: Mock;
let vendor: Mock;
beforeEach(async () => {
  [otlp, vendor] = await Promise.all([startMock("otlp"), startMock("keywords-ai")]);
});
afterEach(() => Promise.all([otlp.close(), vendor.close()]));

it.each(["Bun", "Deno"] satisfies Runtime[])(
  "%s delivers, and keeps a spool from one process to the next",
  async (name) => {
    const directory = join(root, name, "spool");
    const run = (what: string): Promise<DeliveryReport> =>
      runProgram(name, "./deliver-program.ts", [what, otlp.url, vendor.url, directory]);
    const away = [otlp, vendor].map((mock) => mock.fail({ kind: "refuse" }));
    expect(await run("leave")).toMatchObject({ stored: true, status: { spool: { durable: true, restarts: 0 } } });
    for (const fault of away) fault.end();
    const { stored, status } = await run("deliver");
    expect([stored, status.spool?.durable]).toEqual([true, true]);
    for (const destination of status.destinations) {
      expect(destination.redaction).toEqual(REDACTED);
      expect(destination).toMatchObject({ storage: { kind: "spool" }, accepted: SPANS, recovered: SPANS, queued: 0 });
    }
    // Both destinations of OTLP are the same receiver.
    expect([otlp.size, otlp.duplicates, vendor.size]).toEqual([2 * SPANS, 2 * SPANS, 2 * SPANS]);
    expect([...otlp.problems, ...vendor.problems]).toEqual([]);
  },
);

it("workerd delivers from memory, and says why there is no spool", async () => {
  const report: DeliveryReport = await runWorker("./deliver-worker.ts", { otlp: otlp.url, vendor: vendor.url });
  const { stored, status } = report;
  expect([stored, status.spool?.durable, status.spool?.problem]).toEqual([false, false, expect.any(String)]);
  for (const { storage, accepted, sent, redaction } of status.destinations) {
    expect(redaction).toEqual(REDACTED);
    expect([storage, accepted, sent]).toEqual([{ kind: "memory", reason: status.spool?.problem }, SPANS, SPANS]);
  }
  expect([otlp.size, vendor.size, otlp.problems]).toEqual([SPANS, SPANS, []]);
});
