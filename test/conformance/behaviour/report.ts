/** What a child process tells about its run, and the verdict over it. */
import { isDeepStrictEqual } from "node:util";
import type { SeenCase, SeenRequest } from "../../support/behaviour-server.ts";
import type { BehaviourCase } from "./case.ts";
import type { Description } from "./describe-value.ts";

export interface SeenSpan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** 2 is ERROR. */
  readonly status: number;
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

export function judge(behaviourCase: BehaviourCase, bare: Observed, instrumented: Observed): CaseVerdict {
  const { name, spans } = behaviourCase;
  const { ended, open } = instrumented.report;
  const findings: readonly (readonly [Verdict, string | undefined])[] = [
    ["BREAKS", differenceSeen(bare, instrumented)],
    ["LEAK", open.length > 0 ? `not ended: ${open.join(", ")}` : undefined],
    ["SILENT", ended.length + open.length < spans ? `${ended.length} of ${spans} spans` : undefined],
    ["EXTRA", ended.length + open.length > spans ? `${ended.length} spans for ${spans} calls` : undefined],
    ["WRONG", ended.map((span) => spanFault(behaviourCase, span)).find(Boolean)],
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
  return many > few + 1 || (many < few - 1 && many === 0) ? `server sent ${many} chunks, ${few} bare` : undefined;
}

function onTheWire(request: SeenRequest): Description {
  // Version 4 keeps connections alive in an agent, so that only the first request of a process may differ in this header.
  const { connection: _, ...headers } = request.headers;
  return { method: request.method, path: request.path, body: request.body, headers: headers as Description };
}

/** Path and values of the first place where two descriptions differ. */
export function firstDifference(left: Description, right: Description, path = "$"): string | undefined {
  if (isDeepStrictEqual(left, right)) return undefined;
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

function spanFault(behaviourCase: BehaviourCase, span: SeenSpan): string | undefined {
  const { usage, streamed, errorType } = behaviourCase;
  const expected: Readonly<Record<string, unknown>> = {
    "gen_ai.usage.input_tokens": usage?.input,
    "gen_ai.usage.output_tokens": usage?.output,
    "gen_ai.usage.cache_read.input_tokens": usage?.cached,
  };
  for (const [name, value] of Object.entries(expected)) {
    if (span.attributes[name] !== value) return `${name} is ${span.attributes[name]}, not ${value}`;
  }
  const firstChunk = span.attributes["gen_ai.response.time_to_first_chunk"];
  if (streamed && !(typeof firstChunk === "number" && firstChunk > 0)) return `time to first chunk is ${firstChunk}`;
  if (!streamed && firstChunk !== undefined) return "time to first chunk on a call that does not stream";
  const error = span.attributes["error.type"];
  if (errorType && !(errorType.test(String(error)) && span.status === 2)) return `error.type ${error} ${span.status}`;
  if (!errorType && !behaviourCase.leaves && error !== undefined) return `error.type ${error} on success`;
  return span.underActive ? undefined : "its parent is not the span that was active at the call";
}
