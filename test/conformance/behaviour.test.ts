/**
 * The short form of `npx -y pnpm@12 conformance`, on this Node: every case of every client, with and without instrumentation. The
 * current version of each client is loaded in both module formats, earlier ones in one of them.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scale } from "./behaviour/case.ts";
import { allCasesOf } from "./behaviour/cases.ts";
import { DRIVERS, driverOf } from "./behaviour/drivers.ts";
import {
  type Application,
  applicationsOf,
  type Column,
  FORMATS,
  OWN_WAYS,
  runMatrix,
  type Way,
} from "./behaviour/matrix.ts";
import { nodeOf } from "./behaviour/nodes.ts";
import type { Verdict } from "./behaviour/report.ts";
import { failuresOf, printFailures, printTables } from "./behaviour/table.ts";

const scale: Scale = { callsAtOnce: 40, clients: 20 };
const node = nodeOf(process.execPath);
const applications = applicationsOf(DRIVERS, FORMATS, [{ ...node, label: node.version.split(".")[0] ?? "" }]).filter(
  ({ driver, copy, format }) => copy.installed === driver.installed[0] || format === (driver.formats ?? ["esm"]).at(-1),
);

let columns: readonly Column[];
beforeAll(async () => {
  columns = await runMatrix({ applications, ways: OWN_WAYS, scale, jobs: 8 });
}, 600_000);
afterAll(() => console.log(printTables(columns)));

const nameOf = ({ driver, copy, format }: Application): string => `${driver.name} ${copy.version} as ${format}`;

describe.each(applications.map((application) => ({ name: nameOf(application), application })))(
  "$name",
  ({ application }) => {
    it.each(OWN_WAYS)("behaves the same and ends one span a call, $name", (way) => {
      const own = columns.filter((column) => column.application === application && column.way === way.name);
      expect(own).toHaveLength(1);
      expect(printFailures(failuresOf(own))).toBe("");
      expect(own[0]?.unsupported).toBeUndefined();
    });
  },
);

describe("the suite itself", () => {
  const openai = driverOf("openai");
  const bad = (name: string): Way => ({
    name,
    instrument: new URL(`./instruments/bad.ts#${name}`, import.meta.url).href,
  });
  const ways = ["awaiting", "teeing", "forgetting", "endingTwice", "nothing"].map(bad);
  let flagged: readonly Column[];
  beforeAll(async () => {
    const application = applications.filter(({ driver, format }) => driver === openai && format === "esm").slice(0, 1);
    flagged = await runMatrix({ applications: application, ways, scale, jobs: 8 });
  }, 300_000);

  const names = (way: string, wanted: Verdict): readonly string[] =>
    flagged
      .filter((column) => column.way === way)
      .flatMap(({ verdicts }) => verdicts.filter(({ verdict }) => verdict === wanted).map(({ name }) => name));

  it("flags an instrumentation that replaces the client's promise", () => {
    const expected = ["chat", "chat_withResponse", "chat_asResponse", "chat_parse", "chat_stream_withResponse"];
    expect(names("awaiting", "breaks")).toEqual(expect.arrayContaining(expected));
  });

  it("flags an instrumentation that reads a stream which the application left", () => {
    expect(names("teeing", "breaks")).toEqual(expect.arrayContaining(["chat_stream_break", "chat_stream_throw"]));
  });

  it("flags an instrumentation that forgets to end its spans", () => {
    expect(names("forgetting", "leaks")).toEqual(expect.arrayContaining(["chat_stream_nousage", "chat_stream_break"]));
  });

  it("flags an instrumentation that ends spans twice and leaves listeners on the process", () => {
    expect(names("endingTwice", "leaks")).toEqual(expect.arrayContaining(["chat_order", "process"]));
  });

  it("flags an instrumentation that does nothing", () => {
    const calling = allCasesOf(openai).filter(({ spans }) => spans !== 0);
    expect(names("nothing", "silent")).toHaveLength(calling.length);
  });
});
