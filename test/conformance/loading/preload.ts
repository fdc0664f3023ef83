/**
 * What `node --import` loads before an application of loading.test.ts: tracing in memory and, where the test asks for it, the
 * instrumentation of every client. At the end it tells the test which spans there were.
 */
import * as genspan from "@genspan/instrumentation";
import { startTracing } from "../../support/tracing.ts";

export interface AppReport {
  /** Names of ended spans. */
  readonly ended: readonly string[];
  readonly open: number;
  readonly status: genspan.InstrumentationStatus;
}

const { spans } = startTracing({ register: true });
if (process.env["GENSPAN_TEST_ENABLE"] === "first") new genspan.GenAIInstrumentation().enable();
// Applications in other directories cannot resolve workspace packages.
Object.assign(globalThis, { genspan });

process.once("beforeExit", () => {
  const ended = spans.ended.map((span) => span.name);
  const report: AppReport = { ended, open: spans.open.length, status: genspan.status() };
  process.send?.(report);
  process.disconnect?.();
});
