import * as names from "@genspan/semconv";
import { byName } from "../engine/by-name.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import type { MappingInput } from "../engine/rows.ts";
import { isEmbeddings, isModelCall, ownCostOf } from "../formats/galileo/span-type.ts";
import { errorMessageOf, errorTypeOf, hasFailed } from "../formats/outcome.ts";
import { askedMetadata, isKeptOutOfMetadata, serviceNames, Texts } from "../formats/texts.ts";
import { treeOf } from "./tree.ts";

type Metadata = Readonly<Record<string, string>>;

/**
 * What has no field of its own, as text: the W3C ids, attributes that no row reads, the error; then what the user asked
 * for (`genspan.metadata.<key>`), which wins. Content never comes here.
 */
export function spanMetadataOf({ span, trace }: Pick<MappingInput<unknown>, "span" | "trace">): Metadata {
  const metadata = new Texts();
  metadata.add("otel.trace_id", span.traceId);
  metadata.add("otel.span_id", span.spanId);
  const parent = span.parentSpanId;
  if (parent && parent !== treeOf(trace).holderOf(span)?.spanId) metadata.add("otel.parent_span_id", parent);
  metadata.addAll(span.attributes, span.names.where(isModelCall(span) && !isEmbeddings(span) ? isLeftOfLlm : isLeft));
  if (ownCostOf(span) !== undefined) metadata.addAll(span.priceNote);
  if (hasFailed(span)) addError(metadata, span);
  metadata.addAll(askedMetadata(span));
  return metadata.toObject() ?? {};
}

function addError(metadata: Texts, span: GenAISpan): void {
  const message = errorMessageOf(span);
  metadata.add("error.type", errorTypeOf(span) ?? "");
  if (message) metadata.add("error.message", message);
}

/** Who runs the service, and what the user asked for on the root. */
export function traceMetadataOf({ span }: Pick<MappingInput<unknown>, "span">): Metadata | undefined {
  const metadata = new Texts();
  metadata.addAll(span.resource, serviceNames(span));
  metadata.addAll(askedMetadata(span));
  return metadata.toObject();
}

const isLeft = byName((name) => !MAPPED.has(name) && !name.startsWith("galileo.") && !isKeptOutOfMetadata(name));
const isLeftOfLlm = byName((name) => isLeft(name) && !MAPPED_OF_LLM.has(name));

const MAPPED: ReadonlySet<string> = new Set([
  names.ATTR_ERROR_TYPE,
  names.ATTR_GEN_AI_CONVERSATION_ID,
  names.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
  names.ATTR_GEN_AI_TOOL_CALL_ID,
  names.ATTR_GENSPAN_COST_USD,
  names.ATTR_GENSPAN_EXPERIMENT_ID,
  names.ATTR_GENSPAN_LOG_STREAM_ID,
  names.ATTR_GENSPAN_PROJECT_ID,
  names.ATTR_GENSPAN_RECORD_ID,
  names.ATTR_GENSPAN_RECORD_TRACE_ID,
  names.ATTR_GENSPAN_TAGS,
  names.ATTR_HTTP_RESPONSE_STATUS_CODE,
]);

const MAPPED_OF_LLM: ReadonlySet<string> = new Set([
  names.ATTR_GEN_AI_REQUEST_TEMPERATURE,
  names.ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  names.ATTR_GEN_AI_RESPONSE_MODEL,
  names.ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  names.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  names.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  names.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  names.ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS,
  names.ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS,
  names.ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  names.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  names.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
]);
