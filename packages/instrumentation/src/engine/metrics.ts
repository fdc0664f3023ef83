import * as semconv from "@genspan/semconv";
import { type Attributes, type Counter, createNoopMeter, type Histogram, type Meter } from "@opentelemetry/api";

/** The instruments of the conventions' client metrics. */
export interface Instruments {
  readonly operationDuration: Histogram;
  readonly inferenceDuration: Histogram;
  readonly timeToFirstChunk: Histogram;
  readonly timePerOutputChunk: Histogram;
  readonly inputTokens: Histogram;
  readonly outputTokens: Histogram;
  readonly usage: readonly UsageCounter[];
}

interface UsageCounter {
  readonly counter: Counter;
  /** Span attribute that holds the total. */
  readonly total: string;
  /** Span attributes that hold the part of one modality. */
  readonly byModality: readonly (readonly [modality: string, attribute: string])[];
}

/** Only these operations are inference; the others have the general duration metric and no token metrics. */
const inferenceOperations: ReadonlySet<string> = new Set([
  semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  semconv.GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  semconv.GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
]);

export function createInstruments(meter: Meter): Instruments | undefined {
  if (meter === createNoopMeter()) return undefined;
  const histogram = (definition: semconv.MetricDefinition): Histogram =>
    meter.createHistogram(definition.name, {
      unit: definition.unit,
      description: definition.description,
      ...(definition.buckets && { advice: { explicitBucketBoundaries: [...definition.buckets] } }),
    });
  const counter = (definition: semconv.MetricDefinition): Counter =>
    meter.createCounter(definition.name, { unit: definition.unit, description: definition.description });
  return {
    operationDuration: histogram(semconv.METRIC_GEN_AI_CLIENT_OPERATION_DURATION),
    inferenceDuration: histogram(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_DURATION),
    timeToFirstChunk: histogram(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK),
    timePerOutputChunk: histogram(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK),
    inputTokens: histogram(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS),
    outputTokens: histogram(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS),
    usage: [
      {
        counter: counter(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS),
        total: semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS,
        byModality: [
          ["text", semconv.ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS],
          ["image", semconv.ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS],
          ["audio", semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS],
        ],
      },
      {
        counter: counter(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS),
        total: semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
        byModality: [
          ["text", semconv.ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS],
          ["image", semconv.ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS],
          ["audio", semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS],
        ],
      },
      {
        counter: counter(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS),
        total: semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
        byModality: [
          ["text", semconv.ATTR_GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS],
          ["image", semconv.ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS],
          ["audio", semconv.ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS],
        ],
      },
      {
        counter: counter(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS),
        total: semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
        byModality: [],
      },
      {
        counter: counter(semconv.METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS),
        total: semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
        byModality: [],
      },
    ],
  };
}

/** One finished call. `dimensions` are operation, provider, models and server; `response` the response attributes. */
export interface MeasuredCall {
  readonly operation: string;
  readonly dimensions: Attributes;
  readonly response: Attributes;
  readonly durationSeconds: number;
  readonly timeToFirstChunkSeconds: number | undefined;
  readonly errorType: string | undefined;
}

export function recordCall(instruments: Instruments, call: MeasuredCall): void {
  const { dimensions, response } = call;
  const isInference = inferenceOperations.has(call.operation);
  const duration = isInference ? instruments.inferenceDuration : instruments.operationDuration;
  const { errorType } = call;
  duration.record(
    call.durationSeconds,
    errorType === undefined ? dimensions : { ...dimensions, [semconv.ATTR_ERROR_TYPE]: errorType },
  );
  if (!isInference) return;
  if (call.timeToFirstChunkSeconds !== undefined)
    instruments.timeToFirstChunk.record(call.timeToFirstChunkSeconds, dimensions);
  const input = response[semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS];
  const output = response[semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS];
  if (typeof input === "number") instruments.inputTokens.record(input, dimensions);
  if (typeof output === "number") instruments.outputTokens.record(output, dimensions);
  for (const usage of instruments.usage) countTokens(usage, dimensions, response);
}

/** What no modality claims is counted as `unknown`, so that the sum over modalities is the total. */
function countTokens(usage: UsageCounter, dimensions: Attributes, response: Attributes): void {
  const total = response[usage.total];
  if (typeof total !== "number" || total <= 0) return;
  let rest = total;
  for (const [modality, attribute] of usage.byModality) {
    const tokens = response[attribute];
    if (typeof tokens !== "number" || tokens <= 0) continue;
    rest -= tokens;
    usage.counter.add(tokens, { ...dimensions, [semconv.ATTR_GEN_AI_TOKEN_MODALITY]: modality });
  }
  if (rest > 0) {
    const attributes = {
      ...dimensions,
      [semconv.ATTR_GEN_AI_TOKEN_MODALITY]: semconv.GEN_AI_TOKEN_MODALITY_VALUE_UNKNOWN,
    };
    usage.counter.add(rest, attributes);
  }
}
