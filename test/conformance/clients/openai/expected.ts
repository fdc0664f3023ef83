/** What a span must have, read from the recording alone and without any code of the packages under test. */
import type { Cassette } from "../../../support/cassettes.ts";
import { attributesOf } from "../../recordings/conditions.ts";
import type { ExpectedSpan } from "../../recordings/recorded-client.ts";
import { isObject, type Json, requestFields, responseObjects } from "../../recordings/response-objects.ts";
import { expectedRun } from "./expected-run.ts";
import { answerTexts, promptTexts } from "./texts.ts";

/** Surfaces that have messages, and whose responses have an id. */
const hasMessages = ({ api }: Cassette): boolean => /^(chat\.completions|completions|responses(\.\w+)?)$/.test(api);

export function expectedSpan(cassette: Cassette): ExpectedSpan {
  return {
    // OpenAI's moderations report no usage; that of other services has no place in the conventions. That of a response which is
    // fetched is the usage of the call that made it.
    usage: /^(moderations|responses\.retrieve)$/.test(cassette.api) ? {} : expectedUsage(cassette),
    finishReasons: cassette.api === "responses.compact" ? ["compaction"] : expectedFinishReasons(cassette),
    identity: expectedIdentity(cassette),
    applicable: applicableAttributes(cassette),
    unavailable: unavailableAttributes(cassette),
    promptTexts: hasMessages(cassette) ? promptTexts(cassette) : [],
    answerTexts: hasMessages(cassette) ? answerTexts(cassette) : [],
    ...(cassette.api === "assistants" && expectedRun(cassette)),
  };
}

/** The last usage that the provider reported. */
export function recordedUsage(cassette: Cassette): Json | undefined {
  return responseObjects(cassette)
    .flatMap((object) => [object["usage"], isObject(object["response"]) ? object["response"]["usage"] : undefined])
    .filter(isObject)
    .at(-1);
}

/** Attribute to tokens; undefined where the provider gave no figure, and then none may be on the span. */
export function expectedUsage(cassette: Cassette): Readonly<Record<string, number | undefined>> {
  const usage = recordedUsage(cassette) ?? {};
  const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
  const detail = (names: readonly string[], field: string): number | undefined => {
    const details = names.map((name) => usage[name]).find(isObject);
    return number(details?.[field]);
  };
  const input = ["prompt_tokens_details", "input_tokens_details"];
  const cacheRead =
    detail(input, "cached_tokens") ?? number(usage["prompt_cache_hit_tokens"]) ?? number(usage["cached_tokens"]);
  const reasoning = detail(["completion_tokens_details", "output_tokens_details"], "reasoning_tokens");
  return {
    "gen_ai.usage.input_tokens": number(usage["prompt_tokens"] ?? usage["input_tokens"]),
    "gen_ai.usage.output_tokens": outputTokens(usage, reasoning),
    "gen_ai.usage.cache_read.input_tokens": cacheRead,
    "gen_ai.usage.cache_write.input_tokens": detail(input, "cache_write_tokens"),
    "gen_ai.usage.reasoning.output_tokens": reasoning,
  };
}

/**
 * The conventions count reasoning as output. xAI's chat endpoint does not: there the total is the sum of prompt, completion
 * and reasoning tokens.
 */
function outputTokens(usage: Json, reasoning: number | undefined): number | undefined {
  const output = usage["completion_tokens"] ?? usage["output_tokens"];
  const [input, total] = [usage["prompt_tokens"] ?? usage["input_tokens"], usage["total_tokens"]];
  if (typeof output !== "number") return undefined;
  const apart = typeof total === "number" && typeof input === "number" && total === input + output + (reasoning ?? 0);
  return apart ? output + (reasoning ?? 0) : output;
}

/** Attributes whose condition holds for the recorded request. */
export function applicableAttributes(cassette: Cassette): ReadonlySet<string> {
  const request = requestFields(cassette);
  const reasoning = isObject(request["reasoning"]) ? request["reasoning"] : {};
  return attributesOf(request, {
    "gen_ai.request.model": "model",
    "gen_ai.request.stream": request["stream"] === true,
    "gen_ai.request.seed": "seed",
    "gen_ai.request.choice.count": Number(request["n"] ?? 1) !== 1,
    "gen_ai.request.temperature": "temperature",
    "gen_ai.request.top_p": "top_p",
    "gen_ai.request.frequency_penalty": "frequency_penalty",
    "gen_ai.request.presence_penalty": "presence_penalty",
    "gen_ai.request.max_tokens": ["max_tokens", "max_completion_tokens", "max_output_tokens"],
    "gen_ai.request.stop_sequences": "stop",
    "gen_ai.request.reasoning.level": typeof (request["reasoning_effort"] ?? reasoning["effort"]) === "string",
    "gen_ai.request.previous_response.id": "previous_response_id",
    "gen_ai.embeddings.dimension.count": "dimensions",
  });
}

/** Response attributes for which the recording has nothing. */
export function unavailableAttributes(cassette: Cassette): ReadonlySet<string> {
  const objects = responseObjects(cassette).map((object) =>
    isObject(object["response"]) ? object["response"] : object,
  );
  const usage = expectedUsage(cassette);
  const missing = Object.keys(usage).filter((name) => usage[name] === undefined);
  if (!cassette.api.startsWith("responses") && !expectedFinishReasons(cassette))
    missing.push("gen_ai.response.finish_reasons");
  const fields = { "gen_ai.response.id": "id", "gen_ai.response.model": "model" };
  for (const [attribute, field] of Object.entries(fields)) {
    if (!objects.some((object) => typeof object[field] === "string" && object[field] !== "")) missing.push(attribute);
  }
  return new Set(missing);
}

const FINISH_REASONS: Readonly<Record<string, string>> = {
  stop: "stop",
  length: "length",
  content_filter: "content_filter",
  eos: "stop",
  tool_calls: "tool_call",
  function_call: "tool_call",
};

/**
 * One reason for each choice, in the order of their index. Undefined where the response has no choices, and where a whole
 * answer came without any reason, as some services send it: that is no error but unknown.
 */
export function expectedFinishReasons(cassette: Cassette): readonly string[] | undefined {
  const reasons = new Map<number, string>();
  for (const object of responseObjects(cassette)) {
    for (const choice of Array.isArray(object["choices"]) ? object["choices"].filter(isObject) : []) {
      const index = Number(choice["index"] ?? 0);
      const reason = choice["finish_reason"];
      if (typeof reason === "string" && reason !== "") reasons.set(index, FINISH_REASONS[reason] ?? reason);
      else if (!reasons.has(index)) reasons.set(index, "error");
    }
  }
  const unknown = !cassette.response.sse && [...reasons.values()].every((reason) => reason === "error");
  if (reasons.size === 0 || unknown) return undefined;
  return [...reasons].sort(([left], [right]) => left - right).map(([, reason]) => reason);
}

/** `gen_ai.response.id` and `gen_ai.response.model`, where the response has them. */
export function expectedIdentity(cassette: Cassette): Readonly<Record<string, unknown>> {
  const objects = responseObjects(cassette).map((object) =>
    isObject(object["response"]) ? object["response"] : object,
  );
  const last = (field: string): unknown =>
    objects.map((object) => object[field]).findLast((value) => typeof value === "string" && value !== "");
  // The conventions have no id on embeddings, and nothing at all for the surfaces without a model that answers.
  const identity = {
    "gen_ai.response.id": hasMessages(cassette) ? last("id") : undefined,
    "gen_ai.response.model": last("model"),
  };
  return Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== undefined));
}
