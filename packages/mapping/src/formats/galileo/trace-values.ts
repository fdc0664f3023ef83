import { ATTR_GEN_AI_CONVERSATION_ID, ATTR_GENSPAN_PROJECT_ID, ATTR_SESSION_ID } from "@genspan/semconv";
import type { HrTime } from "@opentelemetry/api";
import type { GenAISpan } from "../../engine/genai-span.ts";
import type { Trace } from "../../engine/trace.ts";
import { evaluationsOf, resultsByName } from "../evaluations.ts";
import { isUuid } from "../ids.ts";

/** What is known of a trace as a whole. Shared by the two Galileo formats. */

/** The first of these attributes that any span has: an id may be set below the root only. Earlier names win. */
export function firstInTrace(trace: Trace, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    for (const span of trace.spans) {
      const value = span.text(name);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** The project: of any span where it is a project of Galileo's, which are UUIDs; a span may name another vendor's. */
export function projectOf(
  trace: Trace,
  { projectId }: { readonly projectId?: string | undefined },
): string | undefined {
  const named = firstInTrace(trace, ATTR_GENSPAN_PROJECT_ID);
  return named !== undefined && isUuid(named) ? named : (projectId ?? named);
}

/** Galileo groups traces of one conversation in a session. */
export function sessionOf(trace: Trace): string | undefined {
  return firstInTrace(trace, ATTR_GEN_AI_CONVERSATION_ID, ATTR_SESSION_ID);
}

/** From the earliest start to the latest end of the spans without a parent, which need not be one. */
export function extentOf({ tops, spans }: Trace): readonly [start: HrTime, end: HrTime] {
  const [first, ...others] = tops.length > 0 ? tops : spans;
  let start = first?.startTime ?? [0, 0];
  let end = first?.endTime ?? [0, 0];
  for (const { startTime, endTime } of others) {
    if (isBefore(startTime, start)) start = startTime;
    if (isBefore(end, endTime)) end = endTime;
  }
  return [start, end];
}

function isBefore(a: HrTime, b: HrTime): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

/** Results of evaluations by the name of their metric: the score, else its label; a label beside a score as well. */
export function evaluationMetricsOf(span: GenAISpan): Readonly<Record<string, string | number>> {
  if (span.events.length === 0) return NONE;
  return resultsByName(evaluationsOf(span));
}

const NONE: Readonly<Record<string, never>> = {};
