/** What is wrong with the span of a behaviour case. */
import { SpanStatusCode } from "@opentelemetry/api";
import { liveCheck } from "../../support/live-check.ts";
import { type BehaviourCase, PROMPT } from "./case.ts";
import type { SeenSpan } from "./report.ts";

/** Operations for which the conventions have no name. */
export const OWN_OPERATIONS: readonly string[] = [
  "edit_image",
  "generate_image",
  "generate_speech",
  "moderate_content",
  "transcribe_audio",
  "translate_audio",
  "vary_image",
];

/** `content`: whether the instrumentation was asked for it. */
export function spanFault(behaviourCase: BehaviourCase, span: SeenSpan, content: boolean): string | undefined {
  if (!span.underActive) return "its parent is not the span that was active at the call";
  return (
    usageFault(behaviourCase, span) ?? errorFault(behaviourCase, span) ?? conventionFault(behaviourCase, span, content)
  );
}

function usageFault({ usage, streamed }: BehaviourCase, { attributes }: SeenSpan): string | undefined {
  const expected: Readonly<Record<string, unknown>> = {
    "gen_ai.usage.input_tokens": usage?.input,
    "gen_ai.usage.output_tokens": usage?.output,
    "gen_ai.usage.cache_read.input_tokens": usage?.cached,
  };
  for (const [name, value] of Object.entries(expected)) {
    if (attributes[name] !== value) return `${name} is ${attributes[name]}, not ${value}`;
  }
  const firstChunk = attributes["gen_ai.response.time_to_first_chunk"];
  const isTime = typeof firstChunk === "number" && firstChunk > 0 && firstChunk < 5;
  if (streamed && !isTime) return `time to first chunk is ${firstChunk}`;
  return streamed || firstChunk === undefined ? undefined : "time to first chunk on a call that read no stream";
}

function errorFault({ errorType, leaves }: BehaviourCase, { attributes, status }: SeenSpan): string | undefined {
  const error = attributes["error.type"];
  if (!errorType) return error === undefined || leaves ? undefined : `error.type ${error} on success`;
  const isRight = errorType.test(String(error)) && status.code === SpanStatusCode.ERROR;
  return isRight ? undefined : `error.type ${error}, status ${SpanStatusCode[status.code]}`;
}

function conventionFault(behaviourCase: BehaviourCase, span: SeenSpan, content: boolean): string | undefined {
  const noUsage = ["gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"];
  const nothing = ["id", "model", "finish_reasons", "time_to_first_chunk"].map((name) => `gen_ai.response.${name}`);
  const isUnread = behaviourCase.unread || behaviourCase.leaves;
  const unavailable = new Set([...(behaviourCase.usage ? [] : noUsage), ...(isUnread ? nothing : [])]);
  const [violation] = liveCheck(span, { content, unavailable, ownOperations: OWN_OPERATIONS });
  if (violation) return `${violation.policy}: ${violation.message}`;
  return !content && JSON.stringify(span).includes(PROMPT) ? "the prompt is on the span" : undefined;
}
