/** What counts as flat: 5 MB after 100,000 calls, and as much for each call where there are fewer. */
import type { MemoryReport } from "./measure.ts";

const BYTES_PER_CALL = 50;
/** Compiled code and tables differ by as much from run to run. */
const NOISE_BYTES = 250_000;

export function memoryFault({ growth, spansStarted, spansEnded }: MemoryReport, calls: number): string | undefined {
  if (spansEnded !== spansStarted) return `${spansEnded} of ${spansStarted} spans ended`;
  const allowed = Math.max(BYTES_PER_CALL * calls, NOISE_BYTES);
  return growth > allowed ? `the heap grew by ${growth} bytes, ${allowed} allowed` : undefined;
}
