/** What a streamed chunk costs, each way of streaming in a process of its own, as in an application: bare or instrumented. */
import { fileURLToPath } from "node:url";
import { driverOf } from "../../conformance/behaviour/drivers.ts";
import { inOwnProcess } from "./own-process.ts";
import { benchClient } from "./variants.ts";

const WARM_UP_STREAMS = 60;
const STREAMS = 80;

export interface ChunkCost {
  /** CPU microseconds of one chunk: the least over the streams. */
  readonly bare: number;
  readonly ours: number;
}

/** Processes take turns, so that the machine's drift hits both alike; what is least of all rounds is the least disturbed. */
export function chunkCost(client: string, rounds: number): ChunkCost {
  const measure = (variant: "bare" | "genspan"): number =>
    Number(inOwnProcess(fileURLToPath(import.meta.url), client, variant));
  let [bare, ours] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round++) {
    bare = Math.min(bare, measure("bare"));
    ours = Math.min(ours, measure("genspan"));
  }
  return { bare, ours };
}

async function leastCost(client: string, variant: string): Promise<number> {
  const { streams, chunks } = await benchClient(driverOf(client));
  const stream = streams.find(({ name }) => name === variant);
  if (stream === undefined) throw new Error(`no variant ${variant}`);
  for (let count = 0; count < WARM_UP_STREAMS; count++) await stream.run();
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < STREAMS; count++) {
    const before = process.cpuUsage();
    await stream.run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / chunks);
  }
  return least;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , client = "", variant = ""] = process.argv;
  console.log(await leastCost(client, variant));
}
