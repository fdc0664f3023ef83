/** What a child process tells about its run, and the verdict over it. */
import type { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { SeenCase, SeenRequest } from "../../support/behaviour-server.ts";
import { type BehaviourCase, type Scale, spansOf } from "./case.ts";
import type { Description } from "./describe-value.ts";
import type { Driver } from "./driver.ts";
import { spanFault } from "./span-fault.ts";

export interface SeenSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly status: { readonly code: SpanStatusCode };
  /** Whether its parent is the span that was active when the application made the call. */
  readonly underActive: boolean;
}

export interface CaseReport {
  readonly name: string;
  readonly outcome: Description;
  /** Unhandled rejections from the start of the call until 120 ms after its end. */
  readonly unhandled: number;
  /** Spans that started. */
  readonly started: number;
  /** Ended 120 ms after the call. */
  readonly ended: readonly SeenSpan[];
  /** Started and not ended 120 ms after the call. */
  readonly open: readonly string[];
  /** Names of spans whose `end()` was called again. */
  readonly endedTwice: readonly string[];
}

export interface RunReport {
  readonly cases: readonly CaseReport[];
  /** Spans that started after their case was over. */
  readonly late: readonly string[];
  /** Listeners on the process at the end. */
  readonly listeners: Readonly<Record<string, number>>;
  /** Failures of the instrumentation's own. */
  readonly failures: { readonly count: number; readonly last: string | undefined };
  /** What its spans are to be held against, as the instrumentation says. */
  readonly conventions: { readonly content: boolean } | undefined;
}

/**
 * - breaks: the application or the server can tell the difference.
 * - leaks: a span was not ended, or ended twice.
 * - silent: fewer spans than model calls.
 * - extra: more spans than model calls.
 * - wrong: a span lacks or contradicts what the server said, or the conventions.
 */
export type Verdict = "ok" | "breaks" | "leaks" | "silent" | "extra" | "wrong";

export interface CaseVerdict {
  readonly name: string;
  readonly verdict: Verdict;
  /** What was seen, for every verdict but `ok`. */
  readonly why: string;
}

export interface Observed {
  readonly report: CaseReport;
  readonly server: SeenCase;
}

export interface Judging {
  readonly driver: Pick<Driver, "unavailable" | "replies">;
  readonly scale: Scale;
  /** Spans are held against the conventions, and counted exactly; `content`: whether the instrumentation records it. */
  readonly conventions: { readonly content: boolean } | undefined;
}

export function judge(
  behaviourCase: BehaviourCase,
  bare: Observed,
  instrumented: Observed,
  judging: Judging,
): CaseVerdict {
  const spans = spansOf(behaviourCase, judging.scale);
  const { ended, open, endedTwice } = instrumented.report;
  const { conventions, driver } = judging;
  const count = ended.length + open.length;
  const outcome = bare.report.outcome;
  const wrong = (span: SeenSpan): string | undefined =>
    conventions && spanFault(behaviourCase, span, { content: conventions.content, driver, outcome });
  const failed = typeof outcome === "object" && outcome !== null && "threw" in outcome;
  const findings: readonly (readonly [Verdict, string | undefined])[] = [
    ["wrong", failed ? `the case itself failed: ${JSON.stringify(outcome)}` : undefined],
    ["breaks", differenceSeen(bare, instrumented, driver.replies.volatileHeaders ?? [])],
    ["leaks", open.length > 0 ? `not ended: ${open.join(", ")}` : undefined],
    ["leaks", endedTwice.length > 0 ? `ended twice: ${endedTwice.join(", ")}` : undefined],
    ["silent", count < spans ? `${count} of ${spans} spans` : undefined],
    ["extra", conventions && count > spans ? `${count} spans for ${spans} calls` : undefined],
    ["wrong", ended.map(wrong).find(Boolean)],
  ];
  const [verdict, why] = findings.find(([, finding]) => finding !== undefined) ?? ["ok", ""];
  return { name: behaviourCase.name, verdict, why: why ?? "" };
}

/** What outlives the cases: listeners on the process, spans that start late, failures of the instrumentation's own. */
export function judgeProcess(bare: RunReport, instrumented: RunReport): CaseVerdict {
  const name = "process";
  const listeners = firstDifference(bare.listeners, instrumented.listeners);
  if (listeners) return { name, verdict: "leaks", why: `listeners on the process: ${listeners}` };
  if (instrumented.late.length > 0) return { name, verdict: "extra", why: `late: ${instrumented.late.join(", ")}` };
  const { count, last = "" } = instrumented.failures;
  if (count > 0) {
    return { name, verdict: "wrong", why: `${count} failures of its own, the last one: ${last}` };
  }
  return { name, verdict: "ok", why: "" };
}

function differenceSeen(bare: Observed, instrumented: Observed, volatile: readonly string[]): string | undefined {
  const outcome = firstDifference(bare.report.outcome, instrumented.report.outcome);
  if (outcome) return outcome;
  if (bare.report.unhandled !== instrumented.report.unhandled) {
    return `unhandled rejections: ${bare.report.unhandled} bare, ${instrumented.report.unhandled} instrumented`;
  }
  const wire = (request: SeenRequest): Description => onTheWire(request, volatile);
  const requests = firstDifference(bare.server.requests.map(wire), instrumented.server.requests.map(wire));
  if (requests) return `request ${requests}`;
  // One event of tolerance: the client's leaving and the next event cross on the wire.
  const [few, many] = [bare.server.chunksSent, instrumented.server.chunksSent];
  if (many > few + 1) return `server sent ${many} chunks, ${few} bare`;
  // A connection that the server closed meanwhile is opened again.
  const [sockets, more] = [bare.server.sockets, instrumented.server.sockets];
  return more > sockets + Math.max(2, sockets / 5) ? `${more} sockets, ${sockets} bare` : undefined;
}

function onTheWire(request: SeenRequest, volatile: readonly string[]): Description {
  // Clients that keep connections alive in an agent send another value of this header with the first request of a process.
  const { connection: _, ...headers } = request.headers;
  for (const name of volatile) delete headers[name];
  return { method: request.method, path: request.path, body: request.body, headers: headers as Description };
}

/** Path and values of the first place where two descriptions differ. */
export function firstDifference(left: Description, right: Description, path = "$"): string | undefined {
  // As text, because an application can tell the order of keys.
  if (JSON.stringify(left) === JSON.stringify(right)) return undefined;
  if (typeof left === "object" && typeof right === "object" && left !== null && right !== null) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const [a, b] = [Reflect.get(left, key) as Description, Reflect.get(right, key) as Description]; // descriptions nest
      const found = firstDifference(a, b, `${path}.${key}`);
      if (found) return found;
    }
    return `${path}: the keys are in another order`;
  }
  return `${path}: ${JSON.stringify(left)} bare, ${JSON.stringify(right)} instrumented`;
}
