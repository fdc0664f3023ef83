/** Faults, restarts and kills by chance for a long time, with two destinations: the oracle must hold, memory and disk be flat. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Fault, type Mock, startMock } from "@genspan/mocks";
import { type Driver, drive } from "./drive.ts";
import type { End, Plan } from "./plan.ts";
import { receivedBy } from "./tally.ts";

const PER_SECOND = 200;
/** Only such after which a span must arrive: what may be given up could not be told from what is lost. */
const FAULTS: readonly Fault[] = [
  { kind: "refuse" },
  { kind: "hang" },
  { kind: "slow", millis: 1500 },
  { kind: "cut" },
  { kind: "status", status: 429, retryAfter: 1 },
  { kind: "status", status: 502 },
  { kind: "status", status: 503 },
  { kind: "status", status: 504, retryAfter: "soon" },
  { kind: "reset", when: "while-sending" },
  { kind: "reset", when: "before-storing" },
  { kind: "reset", when: "after-storing" },
];
const ENDS: readonly (End | "kill")[] = ["kill", "kill", "exit", "throw", "natural", "shutdown"];
/** What SQLite may hold of what is gone, beside what waits. */
const MAX_REST_BYTES = 96_000_000;
const MAX_GROWTH = 1.5;

const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T; // they are not empty

interface Visitor {
  readonly run: number;
  readonly acknowledged: number;
}

/** @returns the exit code. */
export async function soak({ minutes }: { readonly minutes: number }): Promise<number> {
  const folder = join(mkdtempSync(join(tmpdir(), "genspan-soak-")), "case");
  mkdirSync(folder);
  const directory = join(folder, "spool");
  const mocks = [
    await startMock("otlp", { keepContent: false }),
    await startMock("otlp", { keepContent: false }),
  ] as const;
  const plan = planOf(mocks, directory);
  const deadline = performance.now() + minutes * 60_000;
  const memory: number[] = [];
  const resident = drive({
    ...plan,
    run: 1,
    spans: Math.ceil(minutes * 60 * PER_SECOND),
    end: "drain",
    drainMillis: 120_000,
    emptiesSpool: true,
  });
  const sampling = setInterval(() => memory.push(resident.rssMegabytes()), 1000);
  const visitors: Visitor[] = [];
  try {
    const failing = mocks.map((mock) => failByChance(mock, deadline));
    for (let run = 2; performance.now() < deadline; run++) {
      visitors.push(await visit(plan, run));
      tell(mocks, visitors, memory, directory);
    }
    await Promise.all(failing);
    for (const mock of mocks) mock.heal();
    const { report, errors } = await resident.ended;
    const violations = report === undefined ? [`the resident ended without a report: ${errors}`] : [];
    violations.push(...missing(mocks, [...visitors, { run: 1, acknowledged: report?.produced ?? 0 }]));
    violations.push(...growth(memory), ...restOnDisk(directory));
    process.stdout.write(
      violations.length === 0 ? "ok: nothing lost, memory and disk flat\n" : `${violations.join("\n")}\n`,
    );
    return violations.length === 0 ? 0 : 1;
  } finally {
    clearInterval(sampling);
    resident.child.kill("SIGKILL");
    await Promise.all(mocks.map((mock) => mock.close()));
    rmSync(join(folder, ".."), { recursive: true, force: true });
  }
}

function planOf(mocks: readonly Mock[], directory: string): Omit<Plan, "run" | "spans" | "end"> {
  const [json, protobuf] = mocks.map(({ url }) => url);
  return {
    engine: "genspan",
    targets: [
      { name: "json", format: "otlp", url: json ?? "", protocol: "http/json", timeoutMillis: 3000 },
      { name: "protobuf", format: "otlp", url: protobuf ?? "", compression: "gzip", timeoutMillis: 3000 },
    ],
    spool: { directory, maxBytes: 4 * 1024 ** 3 },
    perSecond: PER_SECOND,
    acknowledges: true,
    mayTakeMillis: Number.POSITIVE_INFINITY,
  };
}

/** A fault of some seconds, then some seconds of health. */
async function failByChance(mock: Mock, deadline: number): Promise<void> {
  while (performance.now() < deadline) {
    const handle = mock.fail(pick(FAULTS));
    await sleep(500 + Math.random() * 6000);
    handle.end();
    await sleep(1000 + Math.random() * 4000);
  }
}

/** A process that comes to the spool beside the resident, and ends in one way or another. */
async function visit(plan: Omit<Plan, "run" | "spans" | "end">, run: number): Promise<Visitor> {
  const end = pick(ENDS);
  const spans = Math.ceil((1 + Math.random() * 5) * PER_SECOND);
  const visitor: Driver = drive({ ...plan, run, spans, end: end === "kill" ? "wait" : end });
  if (end === "kill") {
    await visitor.reached(1);
    await sleep(Math.random() * 4000);
    visitor.child.kill("SIGKILL");
  }
  const { stored, produced, code, errors } = await visitor.ended;
  if (produced === 0 && stored === 0) throw new Error(`process ${run} did nothing: ${errors}`);
  const [trouble] = /^(not stored|killed).*/m.exec(errors) ?? [];
  if (trouble !== undefined) process.stderr.write(`process ${run}, which ended by ${end}: ${trouble}\n`);
  // Whoever ends by himself has all on disk, acknowledged or not.
  return { run, acknowledged: end === "kill" ? stored : code === (end === "throw" ? 1 : 0) ? produced : stored };
}

function missing(mocks: readonly Mock[], visitors: readonly Visitor[]): string[] {
  return mocks.flatMap((mock, index) =>
    visitors.flatMap(({ run, acknowledged }) => {
      const { delivered } = receivedBy(mock, run, acknowledged);
      return delivered === acknowledged
        ? []
        : [`destination ${index}, process ${run}: ${acknowledged - delivered} of ${acknowledged} lost`];
    }),
  );
}

/** The middle of the last quarter against the middle of the second. */
function growth(memory: readonly number[]): string[] {
  const middle = (from: number, to: number): number => {
    const part = memory.slice(Math.floor(memory.length * from), Math.floor(memory.length * to)).sort((a, b) => a - b);
    return part[part.length >> 1] ?? 0;
  };
  const [early, late] = [middle(0.25, 0.5), middle(0.75, 1)];
  process.stdout.write(`memory of the process that stayed: ${early.toFixed(0)} MB, at the end ${late.toFixed(0)} MB\n`);
  return late > early * MAX_GROWTH ? [`memory grew from ${early.toFixed(0)} to ${late.toFixed(0)} MB`] : [];
}

function bytesIn(directory: string): number {
  return readdirSync(directory).reduce((sum, name) => {
    return sum + (statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}

function restOnDisk(directory: string): string[] {
  const bytes = bytesIn(directory);
  process.stdout.write(`on disk at the end: ${(bytes / 1e6).toFixed(1)} MB\n`);
  return bytes > MAX_REST_BYTES ? [`${bytes} bytes are left on disk`] : [];
}

function tell(
  mocks: readonly Mock[],
  visitors: readonly Visitor[],
  memory: readonly number[],
  directory: string,
): void {
  const sizes = mocks.map(({ size, duplicates }) => `${size} (+${duplicates})`).join(", ");
  const disk = (bytesIn(directory) / 1e6).toFixed(0);
  process.stderr.write(
    `${visitors.length} processes came and went; arrived ${sizes}; ${memory.at(-1)?.toFixed(0)} MB memory, ${disk} MB disk\n`,
  );
}
