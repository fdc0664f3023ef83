/** The process that memory is measured in. */
import { type MemoryRun, measureMemory } from "./measure.ts";

// Nobody is left to report to.
process.on("disconnect", () => process.exit(1));

const report = await measureMemory(JSON.parse(process.argv[2] ?? "") as MemoryRun); // what run.ts gives
process.send?.(report, () => process.exit(0));
