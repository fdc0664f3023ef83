/** Spans that are hostile, large, or very many. */
import { startMock } from "@genspan/mocks";
import type { FaultCase, Outcome, Setting } from "../case.ts";
import { drive } from "../drive.ts";
import { counterViolations, violationsOf } from "../expect.ts";
import type { Plan } from "../plan.ts";
import { scenario } from "../scenario.ts";
import { tallyOf, totalOf } from "../tally.ts";

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const GOOD = 9;
const FLOOD = 50_000;

export const payloadCases: readonly FaultCase[] = [
  {
    number: 42,
    name: "poison-span",
    expected: "nothing is thrown into the application; 9 of 9 good spans delivered beside the hostile ones",
    compares: true,
    run: (setting) => hostile(setting, "http/protobuf"),
  },
  {
    number: 43,
    name: "wire-validity",
    expected: "strict decoders of JSON and of protobuf take every byte",
    compares: true,
    run: async (setting) => {
      const outcomes = [await hostile(setting, "http/json"), await hostile(setting, "http/protobuf")];
      return {
        tally: totalOf(outcomes.map(({ tally }) => tally)),
        violations: outcomes.flatMap(({ violations }) => violations),
      };
    },
  },
  scenario({
    number: 44,
    name: "prompt-5MB, image-1MBx4, 12x5MB",
    expected: "12 spans of 5 MB among others: bodies no larger than one span or 4 MiB, no turn over 50 ms",
    note: "to delivery an image is text of its length; what becomes of media is the instrumentation's to say",
    plan: () => ({
      spans: 240,
      perSecond: 60,
      special: { kind: "large", count: 12, bytes: 5_000_000 },
      drainMillis: 60_000,
    }),
    expects: { mostTurnMillis: 50 },
    verify: ({ mock }) =>
      mock.requests.flatMap(({ bytes, ids }) =>
        bytes <= MAX_BODY_BYTES || ids.length === 1 ? [] : [`${bytes} bytes in a request of ${ids.length} spans`],
      ),
  }),
  {
    number: 45,
    name: "flood-50k/s",
    expected: "50,000 spans in one turn of the event loop: memory bounded, every one delivered or counted",
    run: flood,
  },
];

/** The mock decodes as strictly as a receiver may: what it refuses is a violation. */
async function hostile(setting: Setting, protocol: NonNullable<Plan["targets"][number]["protocol"]>): Promise<Outcome> {
  const mock = await startMock("otlp");
  try {
    const spool = { directory: `${setting.folder}/${protocol === "http/json" ? "json" : "protobuf"}` };
    const targets = [{ name: "receiver", format: "otlp", url: mock.url, protocol }];
    const plan: Plan = {
      engine: setting.engine,
      targets,
      run: 1,
      spans: 0,
      end: "drain",
      drainMillis: 30_000,
      spool,
      special: { kind: "hostile" },
    };
    const { report, errors } = await drive(plan).ended;
    const good = mock.records.filter(({ record }) => "name" in record && record.name === "good").length;
    const { size: delivered, duplicates } = mock;
    const tally = tallyOf(report?.produced ?? 0, { delivered, duplicates }, report?.status, "receiver", report);
    if (setting.engine !== "genspan") return { tally: { ...tally, lost: tally.produced - delivered }, violations: [] };
    const violations = [
      ...(report === undefined ? [`no report: ${errors}`] : counterViolations(report.status)),
      ...violationsOf(tally, { delivered: "any", dead: "any", dropped: "any" }),
      ...(good === GOOD ? [] : [`${good} of ${GOOD} good spans delivered`]),
      ...(report?.thrown ?? []).map((text) => `thrown into the application: ${text}`),
      ...mock.problems.map((text) => `refused by a strict decoder: ${text}`),
    ];
    return { tally, violations };
  } finally {
    await mock.close();
  }
}

async function flood({ engine, folder }: Setting): Promise<Outcome> {
  const mock = await startMock("otlp", { keepContent: false });
  try {
    const targets = [{ name: "receiver", format: "otlp", url: mock.url }];
    const spool = { directory: `${folder}/spool` };
    const plan: Plan = { engine, targets, run: 1, spans: FLOOD, perSecond: 0, bytes: 1000, end: "drain", spool };
    const { report, errors } = await drive({ ...plan, drainMillis: 60_000 }).ended;
    const { size: delivered, duplicates } = mock;
    const loop = { stallMillis: report?.stallMillis ?? 0, turnMillis: report?.turnMillis ?? 0 };
    const tally = tallyOf(FLOOD, { delivered, duplicates }, report?.status, "receiver", loop);
    const rate = FLOOD / ((report?.producingMillis ?? 0) / 1000);
    const note = `ended at ${(rate / 1000).toFixed(0)},000/s, peak RSS ${report?.peakRssMegabytes.toFixed(0)} MB`;
    if (engine !== "genspan") return { tally, violations: [], note };
    const violations = [
      ...(report === undefined ? [`no report: ${errors}`] : counterViolations(report.status)),
      ...violationsOf(tally, { delivered: "any", dropped: "any" }),
      ...((report?.peakRssMegabytes ?? 0) < 900 ? [] : [`peak RSS ${report?.peakRssMegabytes.toFixed(0)} MB`]),
    ];
    return { tally, violations, note };
  } finally {
    await mock.close();
  }
}
