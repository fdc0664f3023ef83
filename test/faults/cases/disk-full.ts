import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import type { FaultCase, Outcome, Setting } from "../case.ts";
import { violationsOf } from "../expect.ts";
import { type Plan, SPOOL_TROUBLE } from "../plan.ts";
import { withRuns } from "../runs.ts";

const DISK_BYTES = 32_000_000;
const FILLER_BYTES = 31_000_000;
/** For longer than the spool waits at most before it tries again, which is 5 s. */
const SPANS = 4000;
const PER_SECOND = 500;

/**
 * A file system of 32 MB in a namespace of the driver's own, which needs no root where the system allows that: a file
 * fills it, and is removed after a while. Elsewhere the system limits how large a file may become (`ulimit -f`); such a
 * disk stays full.
 */
export const diskFull: FaultCase = {
  number: 36,
  name: "disk-full",
  expected:
    "nothing is thrown into the application, the trouble told; what is ended meanwhile delivered from memory or counted",
  compares: false,
  run,
};

async function run(setting: Setting): Promise<Outcome> {
  const disk = `${setting.folder}/disk`;
  mkdirSync(disk, { mode: 0o700 });
  const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", disk]).status === 0;
  const wrapper = canMount ? mounted(disk) : limited();
  const plan: Omit<Plan, "targets" | "run"> = {
    engine: setting.engine,
    spool: { directory: `${disk}/spool` },
    spans: SPANS,
    perSecond: PER_SECOND,
    bytes: 500,
    end: "drain",
    ...(canMount && {
      mishap: { kind: "filler", path: `${disk}/filler`, bytes: FILLER_BYTES, removeAfterMillis: 1500 },
    }),
  };
  return withRuns(plan, async ({ mock, start, tally }) => {
    const down = mock.fail({ kind: "refuse" });
    const driver = await start({}, { wrapper });
    await driver.produced;
    down.end();
    const last = await driver.ended;
    const outcome = tally([[driver, SPANS]], last);
    const violations = [...violationsOf(outcome, { delivered: "any", dropped: "any", duplicates: "any" })];
    const { report, errors, code } = last;
    if (report === undefined) violations.push(`ended with ${code}: ${errors}`);
    if (!report?.told.some((text) => SPOOL_TROUBLE.test(text))) violations.push("nothing was told");
    for (const text of report?.thrown ?? []) violations.push(`thrown into the application: ${text}`);
    if (canMount && report?.status?.spool?.durable !== true) {
      violations.push(`not well again when there was room: ${report?.status?.spool?.problem}`);
    }
    const note = canMount ? "a tmpfs of 32 MB in a namespace of its own" : "ulimit -f: no namespaces here";
    return { tally: outcome, violations, note };
  });
}

const mounted = (disk: string): readonly string[] => [
  "unshare",
  "-rm",
  "sh",
  "-c",
  `mount -t tmpfs -o size=${DISK_BYTES},mode=700 tmpfs "$0" && exec "$@"`,
  disk,
];

/** Units of 512 bytes; the spool's files are several. */
const MAX_BLOCKS = Math.floor(1_000_000 / 512);

/** The signal that comes with the limit is ignored, so that writing fails instead. */
const limited = (): readonly string[] => ["sh", "-c", `trap "" XFSZ; ulimit -f ${MAX_BLOCKS} && exec "$@"`, "sh"];
