/** Many streamed calls, a quarter of them abandoned, and many clients: the heap stays flat. `conformance memory` makes more of them. */
import { describe, expect, it } from "vitest";
import { OWN_WAYS } from "../behaviour/matrix.ts";
import { memoryFault } from "./limit.ts";
import { runMemory } from "./run.ts";

const instrument = OWN_WAYS[0]?.instrument;

describe("memory of one process", () => {
  it("is flat after 10,000 streamed calls, a quarter of them abandoned, and every span has ended", async () => {
    const report = await runMemory({ client: "openai", calls: 10_000, newClients: false, instrument });
    expect(memoryFault(report, 10_000)).toBeUndefined();
    expect(report.spansStarted).toBeGreaterThan(10_000);
  }, 60_000);

  // The client with promises and streams of another make; `conformance memory` measures them all.
  it("is flat after 3,000 calls of cohere", async () => {
    const report = await runMemory({ client: "cohere", calls: 3_000, newClients: false, instrument });
    expect(memoryFault(report, 3_000)).toBeUndefined();
    expect(report.spansStarted).toBeGreaterThan(3_000);
  }, 60_000);

  it("is flat where each call has a client of its own", async () => {
    const report = await runMemory({ client: "openai", calls: 2_000, newClients: true, instrument });
    expect(memoryFault(report, 2_000)).toBeUndefined();
  }, 60_000);

  it("is not found flat where an instrumentation keeps something of every call", async () => {
    const keeping = new URL("../instruments/bad.ts#keeping", import.meta.url).href;
    const report = await runMemory({ client: "openai", calls: 3_000, newClients: false, instrument: keeping });
    expect(memoryFault(report, 3_000)).toContain("the heap grew");
  }, 60_000);
});
