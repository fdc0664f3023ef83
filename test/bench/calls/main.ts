/**
 * Overhead of an instrumented call and of a streamed chunk for each client, against the bare client and against a span written by hand.
 *
 *   npx -y pnpm@12 bench calls --help
 */
import { parseArgs } from "node:util";
import { DRIVERS, driverOf } from "../../conformance/behaviour/drivers.ts";
import { callCost } from "./calls.ts";
import { chunkCost } from "./chunks.ts";
import { EVENTS } from "./variants.ts";

const CALL_LIMIT = 1.15;
const CALL_PROCESSES = 6;
const CHUNK_LIMIT_MICROS = 0.4;
const CHUNK_ROUNDS = 8;

const HELP = `CPU time of one call: the bare client, the client with a span written by hand that sets the attributes which ours has (as
constants: nothing is read from request or response), and the instrumented client, content off. The three run in turn, the machine's
drift hits all alike, and the ratio is the median of the rounds. CPU time of one chunk, of streams of about ${EVENTS}: bare and
instrumented, the least of all streams. Each client is measured in several processes of its own. Answers come from memory; where
the client gives them as bytes, the application reads them in all three.

  npx -y pnpm@12 bench calls [--client NAME[,NAME]] [--rounds N] [--check]

  --rounds  of the calls, in each of ${CALL_PROCESSES} processes (100)
  --check   end with 1 where a call is above ${CALL_LIMIT} x by hand, or a chunk above ${CHUNK_LIMIT_MICROS} us over the bare client`;

const { values } = parseArgs({
  options: {
    client: { type: "string" },
    rounds: { type: "string", default: "100" },
    check: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, index) => (index === 0 ? String(cell).padEnd(16) : String(cell).padStart(11))).join("");

function run(): boolean {
  const rounds = Number(values.rounds);
  console.log(`Node ${process.version}, ${CALL_PROCESSES} x ${rounds} interleaved rounds, least CPU microseconds`);
  console.log(row(["", "bare call", "by hand", "genspan", "x by hand", "bare chunk", "genspan", "over bare"]));
  let within = true;
  for (const { name, stream } of values.client?.split(",").map(driverOf) ?? DRIVERS) {
    const call = callCost(name, CALL_PROCESSES, rounds);
    within &&= call.ratio <= CALL_LIMIT;
    const cells = [name, call.bare.toFixed(1), call.byHand.toFixed(1), call.ours.toFixed(1), call.ratio.toFixed(3)];
    if (stream !== undefined) {
      const chunk = chunkCost(name, CHUNK_ROUNDS);
      within &&= chunk.ours - chunk.bare <= CHUNK_LIMIT_MICROS;
      cells.push(chunk.bare.toFixed(2), chunk.ours.toFixed(2), (chunk.ours - chunk.bare).toFixed(2));
    }
    console.log(row(cells));
  }
  return within;
}

if (values.help) console.log(HELP);
else if (!run() && values.check) process.exitCode = 1;
