/** What a child process tells about its run, and the verdict over it. */
import type { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import type { SeenCase, SeenRequest } from "../../support/behaviour-server.ts";
import type { BehaviourCase } from "./case.ts";
import type { Description } from "./describe-value.ts";
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
  /** Ended 120 ms after the call. */
  readonly ended: readonly SeenSpan[];
  /** Started and not ended 120 ms after the call. */
  readonly open: readonly string[];
}

export interface RunReport {
  readonly cases: readonly CaseReport[];
  /** Spans that started after their case was over. */
  readonly late: readonly string[];
  /** `status()` of the instrumentation at the end: failures of its own. */
  readonly ownErrors: number;
  readonly lastOwnError: string | undefined;
}

/**
 * - BREAKS: the application or the server can tell the difference.
 * - LEAK: a span was not ended.
 * - SILENT: fewer spans than model calls.
 * - EXTRA: more spans than model calls.
 * - WRONG: a span lacks or contradicts what the server said.
 */
export type Verdict = "ok" | "BREAKS" | "LEAK" | "SILENT" | "EXTRA" | "WRONG";

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

/** `content`: whether the instrumentation was asked for content. */
export function judge(
  behaviourCase: BehaviourCase,
  bare: Observed,
  instrumented: Observed,
  content: boolean,
): CaseVerdict {
  const { name, spans } = behaviourCase;
  const { ended, open } = instrumented.report;
  const findings: readonly (readonly [Verdict, string | undefined])[] = [
    ["BREAKS", differenceSeen(bare, instrumented)],
    ["LEAK", open.length > 0 ? `not ended: ${open.join(", ")}` : undefined],
    ["SILENT", ended.length + open.length < spans ? `${ended.length} of ${spans} spans` : undefined],
    ["EXTRA", ended.length + open.length > spans ? `${ended.length} spans for ${spans} calls` : undefined],
    ["WRONG", ended.map((span) => spanFault(behaviourCase, span, content)).find(Boolean)],
  ];
  const [verdict, why] = findings.find(([, finding]) => finding !== undefined) ?? ["ok", ""];
  return { name, verdict, why: why ?? "" };
}

function differenceSeen(bare: Observed, instrumented: Observed): string | undefined {
  const outcome = firstDifference(bare.report.outcome, instrumented.report.outcome);
  if (outcome) return outcome;
  if (bare.report.unhandled !== instrumented.report.unhandled) {
    return `unhandled rejections: ${bare.report.unhandled} bare, ${instrumented.report.unhandled} instrumented`;
  }
  const requests = firstDifference(bare.server.requests.map(onTheWire), instrumented.server.requests.map(onTheWire));
  if (requests) return `request ${requests}`;
  // One event of tolerance: the client's leaving and the next event cross on the wire.
  const [few, many] = [bare.server.chunksSent, instrumented.server.chunksSent];
  return many > few + 1 ? `server sent ${many} chunks, ${few} bare` : undefined;
}

function onTheWire(request: SeenRequest): Description {
  // Version 4 keeps connections alive in an agent, so that only the first request of a process may differ in this header.
  const { connection: _, ...headers } = request.headers;
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
