import * as names from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import type { MappingInput } from "../engine/rows.ts";
import { jsonText } from "../formats/json-text.ts";
import { errorMessageOf } from "../formats/outcome.ts";
import { errorTypeOf } from "../galileo/outcome.ts";
import { isEmbeddings, isModelCall, ownCostOf } from "../galileo/span-type.ts";
import { treeOf } from "./tree.ts";

type Texts = Readonly<Record<string, string>>;
type Entry = readonly [name: string, value: string];

/**
 * What has no field of its own, as text: the W3C ids, attributes that no row reads, the error; then what the user asked
 * for (`genspan.metadata.<key>`), which wins. Content never comes here.
 */
export function spanMetadataOf({ span, trace }: Pick<MappingInput<unknown>, "span" | "trace">): Texts {
  const holder = treeOf(trace).holderOf(span)?.spanId;
  const isElsewhere = span.parentSpanId !== undefined && span.parentSpanId !== holder;
  const isLlm = isModelCall(span) && !isEmbeddings(span);
  return Object.fromEntries([
    ...texts({
      "otel.trace_id": span.traceId,
      "otel.span_id": span.spanId,
      "otel.parent_span_id": isElsewhere ? span.parentSpanId : undefined,
    }),
    ...texts(span.attributes, (name) => (isMapped(name, isLlm) ? undefined : name)),
    ...(ownCostOf(span) === undefined ? [] : Object.entries(span.priceNote)),
    ...texts({ "error.type": errorTypeOf(span), "error.message": errorMessageOf(span) }),
    ...askedFor(span),
  ]);
}

/** Who runs the service, and what the user asked for on the root. */
export function traceMetadataOf({ span }: Pick<MappingInput<unknown>, "span">): Texts | undefined {
  const entries = [
    ...texts(span.resource, (name) => (/^(service|deployment)\./.test(name) ? name : undefined)),
    ...askedFor(span),
  ];
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function askedFor(span: GenAISpan): readonly Entry[] {
  const prefix = names.ATTR_GENSPAN_METADATA_PREFIX;
  return texts(span.attributes, (name) => (name.startsWith(prefix) ? name.slice(prefix.length) : undefined));
}

function texts(
  values: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string | undefined = (name) => name,
): readonly Entry[] {
  return Object.entries(values).flatMap(([key, value]): readonly Entry[] => {
    const name = nameOf(key);
    const text = name === undefined ? undefined : jsonText(value);
    return name === undefined || text === undefined ? [] : [[name, text]];
  });
}

function isMapped(name: string, isLlm: boolean): boolean {
  return MAPPED.has(name) || (isLlm && MAPPED_OF_LLM.has(name)) || PREFIXES.some((prefix) => name.startsWith(prefix));
}

const MAPPED: ReadonlySet<string> = new Set([
  ...names.CONTENT_ATTRIBUTES,
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

/** Content of producers that number their attributes, bodies that were kept raw, and what is mapped by prefix. */
const PREFIXES: readonly string[] = [
  ...names.CONTENT_ATTRIBUTES.map((name) => `${name}.`),
  names.ATTR_GENSPAN_METADATA_PREFIX,
  names.ATTR_GENSPAN_STACKTRACE,
  "genspan.raw.",
  "galileo.",
];
