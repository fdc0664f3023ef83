/** What the delivery of spans needs, without vendors and their schemas: it is loaded with every application. */
export type { Price, PricedCall, PriceHook } from "./engine/cost.ts";
export type { Normaliser } from "./engine/dialects/normalise.ts";
export { GenAISpan, type SpanReading } from "./engine/genai-span.ts";
export {
  parentSpanIdOf,
  type ReadableSpanLike,
  type ResourceLike,
  type ScopeLike,
  type SpanEventLike,
  type SpanLinkLike,
  scopeOf,
  spanWith,
} from "./engine/readable-span.ts";
export { Trace } from "./engine/trace.ts";
export { RULE_NAMES, type RuleName } from "./redaction/finding.ts";
export { type CustomRule, type RedactionOptions, redactionProblems, type TextPlace } from "./redaction/options.ts";
export { RedactionOptionsError } from "./redaction/policy.ts";
export { type RedactionCounts, Redactor, WITHHELD } from "./redaction/redactor.ts";
export type { Endpoint, EndpointRequest, RecordSource, Refusal, VendorFormat } from "./vendor.ts";
