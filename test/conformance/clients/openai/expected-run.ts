/** What the span of an assistant's run must have, read from the recording alone. */
import type { Cassette } from "../../../support/cassettes.ts";
import type { ExpectedSpan } from "../../recordings/recorded-client.ts";
import { isObject, type Json, objectsIn, requestFields, responseObjects } from "../../recordings/response-objects.ts";

const FINISH_REASONS: Readonly<Record<string, string>> = { completed: "stop", requires_action: "tool_call" };

type Facts = Pick<ExpectedSpan, "usage" | "finishReasons" | "identity" | "unavailable" | "promptTexts" | "answerTexts">;

export function expectedRun(cassette: Cassette): Facts {
  const objects = responseObjects(cassette);
  const run = objects.findLast(({ object }) => object === "thread.run") ?? {};
  const request = requestFields(cassette);
  const reason = FINISH_REASONS[String(run["status"])];
  return {
    usage: usageOf(run),
    finishReasons: reason === undefined ? undefined : [reason],
    identity: {
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.response.id": run["id"],
      "gen_ai.response.model": run["model"],
      "gen_ai.agent.id": run["assistant_id"],
      "gen_ai.conversation.id": run["thread_id"],
    },
    unavailable: new Set(),
    promptTexts: [request["instructions"]].filter((text) => typeof text === "string"),
    answerTexts: objects.filter(isWholeMessage).flatMap(textsOf),
  };
}

const isWholeMessage = ({ object, status }: Json): boolean => object === "thread.message" && status === "completed";

const textsOf = ({ content }: Json): readonly string[] =>
  objectsIn(content).flatMap(({ text }) =>
    isObject(text) && typeof text["value"] === "string" ? [text["value"]] : [],
  );

function usageOf({ usage }: Json): ExpectedSpan["usage"] {
  const { prompt_tokens: input, completion_tokens: output, ...details } = isObject(usage) ? usage : {};
  const count = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
  const detail = (name: string, field: string): number | undefined => {
    const { [name]: found } = details;
    return isObject(found) ? count(found[field]) : undefined;
  };
  return {
    "gen_ai.usage.input_tokens": count(input),
    "gen_ai.usage.output_tokens": count(output),
    "gen_ai.usage.cache_read.input_tokens": detail("prompt_token_details", "cached_tokens"),
    "gen_ai.usage.reasoning.output_tokens": detail("completion_tokens_details", "reasoning_tokens"),
  };
}
