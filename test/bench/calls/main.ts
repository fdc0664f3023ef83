/**
 * Overhead of an instrumented call and of a streamed chunk for each client, against the bare client and against a span written by hand.
 *
 *   npx -y pnpm@12 bench calls --help
 */
import { parseArgs } from "node:util";
import { DRIVERS, driverOf } from "../../conformance/behaviour/drivers.ts";
import { interleave, type Measured, pairedRatio } from "../interleave.ts";
import { chunkCost } from "./chunks.ts";
import { benchClient, EVENTS } from "./variants.ts";

const HELP = `CPU time of one call: the bare client, the client with a span written by hand that sets the attributes which ours has (as
constants: nothing is read from request or response), and the instrumented client, content off. The variants run in turn, and the
machine's drift hits all alike. CPU time of one chunk, of streams of about ${EVENTS}: bare and instrumented, each in processes of its
own that take turns, the least of all streams. Answers come from memory.

  npx -y pnpm@12 bench calls [--client NAME[,NAME]] [--rounds N] [--check]

  --check   end with 1 where a call is above 1.15 x by hand, or a chunk above 0.4 us over the bare client`;

const CALL_LIMIT = 1.15;
const CHUNK_LIMIT_MICROS = 0.4;
const CHUNK_ROUNDS = 4;

const { values } = parseArgs({
  options: {
    client: { type: "string" },
    rounds: { type: "string", default: "40" },
    check: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, index) => (index === 0 ? String(cell).padEnd(16) : String(cell).padStart(11))).join("");
const micros = ({ min }: Measured): string => min.toFixed(1);

async function run(): Promise<boolean> {
  const rounds = Number(values.rounds);
  console.log(`Node ${process.version}, ${rounds} interleaved rounds, least CPU microseconds`);
  console.log(row(["", "bare call", "by hand", "genspan", "x by hand", "bare chunk", "genspan", "over bare"]));
  let within = true;
  for (const driver of values.client?.split(",").map(driverOf) ?? DRIVERS) {
    const { calls, streams } = await benchClient(driver);
    const [bare, hand, ours] = await interleave(calls, { rounds, calls: 100 });
    if (!bare || !hand || !ours) throw new Error("three variants were measured");
    const ratio = pairedRatio(ours, hand);
    within &&= ratio <= CALL_LIMIT;
    const cells = [driver.name, micros(bare), micros(hand), micros(ours), ratio.toFixed(2)];
    if (streams.length > 0) {
      const chunk = chunkCost(driver.name, CHUNK_ROUNDS);
      within &&= chunk.ours - chunk.bare <= CHUNK_LIMIT_MICROS;
      cells.push(chunk.bare.toFixed(2), chunk.ours.toFixed(2), (chunk.ours - chunk.bare).toFixed(2));
    }
    console.log(row(cells));
  }
  return within;
}

if (values.help) console.log(HELP);
else if (!(await run()) && values.check) process.exitCode = 1;
