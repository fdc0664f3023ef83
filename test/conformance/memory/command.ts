/** `npx -y pnpm@12 conformance memory`: the heap after many calls. */
import { parseArgs } from "node:util";
import { DRIVERS, driverOf } from "../behaviour/drivers.ts";
import { OWN_WAYS } from "../behaviour/matrix.ts";
import { memoryFault } from "./limit.ts";
import type { MemoryRun } from "./measure.ts";
import { runMemory } from "./run.ts";

const HELP = `Heap growth of one process over many streamed calls of each client, a quarter of them abandoned (never read, or left
after the first chunk), and over as many clients as a tenth of that, each for one call. Answers come from memory. ollama's client
keeps streams that were left until its abort() is called, which is done every 2,000 calls.

  npx -y pnpm@12 conformance memory [options]

  --client NAME[,NAME]   only these of ${DRIVERS.map(({ name }) => name).join(", ")}
  --calls N              default 100000
  --instrument MODULE    another instrumentation in the place of genspan
  --bare                 the client alone

Ends with 1 where the heap grew by more than 50 bytes a call, or where a span did not end.`;

export async function memoryCommand(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { client: text, calls: text, instrument: text, bare: flag, help: { ...flag, short: "h" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const calls = Number(values.calls ?? 100_000);
  if (!Number.isInteger(calls) || calls < 10) throw new Error(`${values.calls} is no whole number above 9.`);
  const drivers = values.client?.split(",").map(driverOf) ?? DRIVERS;
  const instrument = values.bare ? undefined : (values.instrument ?? OWN_WAYS[0]?.instrument);
  const runs = drivers.flatMap(({ name }): readonly MemoryRun[] => [
    { client: name, calls, newClients: false, instrument },
    { client: name, calls: Math.round(calls / 10), newClients: true, instrument },
  ]);
  let faults = 0;
  for (const run of runs) {
    const report = await runMemory(run);
    const fault = memoryFault(report, run.calls);
    if (fault) faults += 1;
    const what = run.newClients ? "clients" : "streamed calls";
    const growth = `heap ${(report.growth / 1e6).toFixed(2)} MB`;
    const spans = `${report.spansEnded} of ${report.spansStarted} spans ended`;
    console.log([run.client, `${run.calls} ${what}`, growth, spans, fault ?? "flat"].join(" | "));
  }
  return faults > 0 ? 1 : 0;
}
