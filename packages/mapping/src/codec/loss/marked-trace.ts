import type { HrTime } from "@opentelemetry/api";
import fc from "fast-check";
import type { ReadableSpanLike, SpanEventLike } from "../../engine/readable-span.ts";
import { spanOf } from "../../engine/testing.ts";
import { ATTRIBUTES, mark, markedCount, markedValue } from "./marked-attributes.ts";

/** Traces for tests in which every attribute, event, link and name says something that nothing else says. */

const TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
const NONE: HrTime = [0, 0];

const span = fc.record({
  operation: fc.constantFrom(
    ...["chat", "chat", "text_completion", "embeddings", "execute_tool", "invoke_agent", "invoke_workflow"],
    ...["retrieval", "search_memory", "create_agent", "plan", undefined],
  ),
  attributes: fc.oneof(
    fc.subarray(ATTRIBUTES.map((_, place) => place)),
    fc.subarray(
      ATTRIBUTES.map((_, place) => place),
      { maxLength: 12 },
    ),
  ),
  failed: fc.boolean(),
  parent: fc.nat(5),
  evaluations: fc.nat(2),
  kind: fc.constantFrom(0, 2),
  hasExceptions: fc.boolean(),
  hasLink: fc.boolean(),
});
type Described = typeof span extends fc.Arbitrary<infer T> ? T : never;

export const markedTrace: fc.Arbitrary<readonly ReadableSpanLike[]> = fc
  .array(span, { minLength: 1, maxLength: 3 })
  .map((spans) => spans.map(markedSpan));

const spanIdAt = (place: number) => `b00000000000000${place}`;

function markedSpan(described: Described, at: number): ReadableSpanLike {
  const { operation, attributes, failed, parent, kind } = described;
  const own = attributes.map((place) => [ATTRIBUTES[place]?.id ?? "", markedValue(at, place)] as const);
  const parentSpanContext = { traceId: TRACE_ID, spanId: spanIdAt(at > 0 ? parent % at : 0), traceFlags: 1 };
  return spanOf({
    traceId: TRACE_ID,
    spanId: spanIdAt(at),
    ...(at > 0 && { parentSpanContext }),
    kind,
    name: mark(at, 901),
    startTime: [1_795_169_730, at * 1_000_000],
    endTime: [1_795_169_731, at * 1_000_000],
    status: failed ? { code: 2, message: mark(at, 902) } : { code: 0 },
    attributes: {
      ...(operation !== undefined && { "gen_ai.operation.name": operation }),
      ...Object.fromEntries(own),
      ...(failed && { "error.type": mark(at, 900) }),
    },
    events: eventsOf(described, at),
    links: described.hasLink
      ? [
          {
            context: { ...parentSpanContext, traceId: "4bf92f3577b34da6a3ce929d0e0e4799" },
            attributes: { why: mark(at, 940) },
          },
        ]
      : [],
    resource: {
      attributes: {
        "service.name": mark(9, 950),
        "service.version": mark(9, 951),
        "deployment.environment.name": mark(9, 952),
        "host.name": mark(9, 953),
      },
    },
    instrumentationScope: { name: mark(9, 960), version: mark(9, 961) },
  });
}

function eventsOf({ evaluations, hasExceptions }: Described, at: number): readonly SpanEventLike[] {
  const results = Array.from({ length: evaluations }, (_, index) => ({
    "gen_ai.evaluation.name": mark(at, 910 + index),
    "gen_ai.evaluation.score.value": markedCount(at, 910 + index) / 1e9,
    ...(index === 0 && {
      "gen_ai.evaluation.score.label": mark(at, 910, 1),
      "gen_ai.evaluation.explanation": mark(at, 910, 2),
    }),
  }));
  const exceptions = (hasExceptions ? [920, 921] : []).map((number) => ({
    "exception.type": mark(at, number),
    "exception.message": mark(at, number, 1),
    "exception.stacktrace": `Error: x\n    at ${mark(at, number, 2)} (/app/${mark(at, number, 3)}.js:12:3)`,
  }));
  return [
    ...results.map((attributes) => ({ name: "gen_ai.evaluation.result", time: NONE, attributes })),
    ...exceptions.map((attributes) => ({ name: "exception", time: NONE, attributes })),
    { name: "app.event", time: NONE, attributes: { "app.note": mark(at, 930) } },
  ];
}
