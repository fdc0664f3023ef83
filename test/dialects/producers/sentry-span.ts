import type { PrintedSpan } from "./run.ts";

/** What Sentry's spans say as JSON, in whichever version. Times in seconds. */
export interface SentrySpan {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id?: string | undefined;
  readonly name: string | undefined;
  readonly start: number;
  readonly end: number | undefined;
  readonly status?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export function printedSentry(span: SentrySpan): PrintedSpan {
  const time = (seconds = 0): readonly [number, number] => [Math.trunc(seconds), Math.round((seconds % 1) * 1e9)];
  const isFailed = span.status !== undefined && span.status !== "ok";
  return {
    traceId: span.trace_id,
    spanId: span.span_id,
    parentSpanId: span.parent_span_id,
    name: span.name ?? "",
    kind: 0,
    startTime: time(span.start),
    endTime: time(span.end),
    status: isFailed ? { code: 2, message: String(span.status) } : { code: 0 },
    attributes: span.attributes,
    events: [],
    scope: { name: "@sentry/node" },
  };
}
