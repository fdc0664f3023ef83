export { type DecodedRecord, decodeRecord } from "./codec/decode-record.ts";
export { type Fate, type LossEntry, lossOf } from "./codec/loss.ts";
export { lostFields } from "./codec/lost-fields.ts";
export { VendorOptionsError } from "./define-vendor.ts";
export type { Price, PricedCall, PriceHook } from "./engine/cost.ts";
export { DIALECT_NAMES, type DialectName } from "./engine/dialects/dialect.ts";
export {
  createNormaliser,
  type NormaliseOptions,
  type Normaliser,
  normalise,
} from "./engine/dialects/normalise.ts";
export { SPOKEN_DIALECTS, type SpanTranslator, type SpokenDialect, to } from "./engine/dialects/out/speak.ts";
export { GenAISpan, type SpanReading } from "./engine/genai-span.ts";
export {
  parentSpanIdOf,
  type ReadableSpanLike,
  type ResourceLike,
  type ScopeLike,
  type SpanEventLike,
  type SpanLinkLike,
  scopeOf,
} from "./engine/readable-span.ts";
export type {
  FieldDescription,
  Mapping,
  MappingInput,
  Row,
} from "./engine/rows.ts";
export { Trace } from "./engine/trace.ts";
export { billedCalls, type TraceUsage, usageOfTrace } from "./engine/trace-usage.ts";
export type { ModalityUsage, Usage } from "./engine/usage.ts";
export { optionsFromEnvironment } from "./environment.ts";
export {
  type MapResult,
  mapSpan,
  mapTrace,
  recordsOfSpan,
  takes,
  tracesOf,
} from "./map-span.ts";
export { type DecodeResult, decodeOtlpTraces } from "./otlp/decode.ts";
export { OTLP_MESSAGES, type ProtobufField, type ProtobufMessage, type ProtobufScalar } from "./otlp/messages.ts";
export { type DecodedMessage, decodeProtobuf } from "./otlp/protobuf.ts";
export { RULE_NAMES, type RuleName } from "./redaction/finding.ts";
export { type CustomRule, type RedactionOptions, redactionProblems, type TextPlace } from "./redaction/options.ts";
export { RedactionOptionsError } from "./redaction/policy.ts";
export { type RedactionCounts, Redactor } from "./redaction/redactor.ts";
export { findVendor, vendors } from "./registry.ts";
export type {
  Companion,
  Endpoint,
  EndpointRequest,
  FieldTable,
  NoEndpoint,
  RecordSource,
  Refusal,
  Unit,
  Vendor,
  VendorFormat,
} from "./vendor.ts";
