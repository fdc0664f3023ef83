export { type DecodedRecord, decodeRecord } from "./codec/decode-record.ts";
export { type Fate, type LossEntry, lossOf } from "./codec/loss.ts";
export { lostFields } from "./codec/lost-fields.ts";
export * from "./core.ts";
export { VendorOptionsError } from "./define-vendor.ts";
export { DIALECT_NAMES, type DialectName } from "./engine/dialects/dialect.ts";
export {
  createNormaliser,
  type NormaliseOptions,
  normalise,
} from "./engine/dialects/normalise.ts";
export { SPOKEN_DIALECTS, type SpanTranslator, type SpokenDialect, to } from "./engine/dialects/out/speak.ts";
export type {
  FieldDescription,
  Mapping,
  MappingInput,
  Row,
} from "./engine/rows.ts";
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
export { findVendor, vendors } from "./registry.ts";
export type {
  Companion,
  FieldTable,
  NoEndpoint,
  Unit,
  Vendor,
} from "./vendor.ts";
