/** What is wrong with the span of a behaviour case. */
import { SpanStatusCode } from "@opentelemetry/api";
import { liveCheck } from "../../support/live-check.ts";
import { type BehaviourCase, PROMPT } from "./case.ts";
import type { Description } from "./describe-value.ts";
import type { Driver } from "./driver.ts";
import type { SeenSpan } from "./report.ts";

/** Operations for which the conventions have no name. */
export const OWN_OPERATIONS: readonly string[] = [
  "classify",
  "edit_image",
  "edit_video",
  "extend_video",
  "generate_image",
  "generate_speech",
  "generate_video",
  "moderate_content",
  "remix_video",
  "rerank",
  "transcribe_audio",
  "translate_audio",
  "upscale_image",
  "vary_image",
];

export interface Known {
  /** Whether the instrumentation was asked for content. */
  readonly content: boolean;
  readonly driver: Pick<Driver, "unavailable">;
  /** What the bare client gave. */
  readonly outcome: Description;
}

export function spanFault(behaviourCase: BehaviourCase, span: SeenSpan, known: Known): string | undefined {
  if (!span.underActive) return "its parent is not the span that was active at the call";
  return (
    usageFault(behaviourCase, span, known) ??
    errorFault(behaviourCase, span, known) ??
    conventionFault(behaviourCase, span, known)
  );
}

function usageFault({ usage, streamed }: BehaviourCase, { attributes }: SeenSpan, known: Known): string | undefined {
  if (usage !== "any" && !hasError(known.outcome)) {
    const expected: Readonly<Record<string, unknown>> = {
      "gen_ai.usage.input_tokens": usage?.input,
      "gen_ai.usage.output_tokens": usage?.output,
      "gen_ai.usage.cache_read.input_tokens": usage?.cached,
    };
    for (const [name, value] of Object.entries(expected)) {
      if (attributes[name] !== value) return `${name} is ${attributes[name]}, not ${value}`;
    }
  }
  const firstChunk = attributes["gen_ai.response.time_to_first_chunk"];
  const isTime = typeof firstChunk === "number" && firstChunk > 0 && firstChunk < 5;
  if (streamed && !isTime && !hasError(known.outcome)) return `time to first chunk is ${firstChunk}`;
  return streamed || firstChunk === undefined ? undefined : "time to first chunk on a call that read no stream";
}

const hasError = (outcome: Description): boolean =>
  typeof outcome === "object" && outcome !== null && "error" in outcome;

function errorFault(behaviourCase: BehaviourCase, { attributes, status }: SeenSpan, known: Known): string | undefined {
  const { errorType, leaves } = behaviourCase;
  const error = attributes["error.type"];
  const wanted = errorType === "as seen" ? (hasError(known.outcome) ? /./ : undefined) : errorType;
  if (!wanted) return error === undefined || leaves || errorType ? undefined : `error.type ${error} on success`;
  const isRight = error !== undefined && wanted.test(String(error)) && status.code === SpanStatusCode.ERROR;
  return isRight ? undefined : `error.type ${error}, status ${SpanStatusCode[status.code]}`;
}

function conventionFault(behaviourCase: BehaviourCase, span: SeenSpan, known: Known): string | undefined {
  const { usage, unread, leaves } = behaviourCase;
  const noUsage = ["gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"];
  const nothing = ["id", "model", "finish_reasons", "time_to_first_chunk"].map((name) => `gen_ai.response.${name}`);
  const isComplete = !unread && !leaves && !hasError(known.outcome);
  const hasUsage = usage !== undefined && usage !== "any" && !hasError(known.outcome);
  const unavailable = new Set([
    ...(known.driver.unavailable ?? []),
    ...(behaviourCase.unavailable ?? []),
    ...(hasUsage ? [] : noUsage),
    ...(isComplete ? [] : nothing),
  ]);
  const [violation] = liveCheck(span, { content: known.content, unavailable, ownOperations: OWN_OPERATIONS });
  if (violation) return `${violation.policy}: ${violation.message}`;
  return !known.content && JSON.stringify(span).includes(PROMPT) ? "the prompt is on the span" : undefined;
}
