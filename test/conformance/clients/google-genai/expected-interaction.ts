/** What the span of a recorded interaction must have, read from the recording alone. */
import type { Cassette } from "../../../support/cassettes.ts";
import { attributesOf } from "../../recordings/conditions.ts";
import type { ExpectedSpan } from "../../recordings/recorded-client.ts";
import { isObject, type Json, objectsIn, requestFields } from "../../recordings/response-objects.ts";

export function expectedInteraction(cassette: Cassette, objects: readonly Json[]): ExpectedSpan {
  const interactions = objects.map((object) => (isObject(object["interaction"]) ? object["interaction"] : object));
  const whole: Json = Object.assign({}, ...interactions);
  const usage = expectedUsage(isObject(whole["usage"]) ? whole["usage"] : {});
  const reason = REASONS[String(whole["status"])];
  const identity = {
    "gen_ai.provider.name": "gcp.gemini",
    ...(typeof whole["id"] === "string" && { "gen_ai.response.id": whole["id"] }),
    ...(typeof whole["model"] === "string" && { "gen_ai.response.model": whole["model"] }),
  };
  const unavailable = new Set<string>();
  for (const [name, tokens] of Object.entries(usage)) if (tokens === undefined) unavailable.add(name);
  for (const name of ["gen_ai.response.id", "gen_ai.response.model"]) if (!(name in identity)) unavailable.add(name);
  if (reason === undefined) unavailable.add("gen_ai.response.finish_reasons");
  return {
    usage,
    finishReasons: reason === undefined ? undefined : [reason],
    identity,
    applicable: applicableAttributes(cassette),
    unavailable,
    promptTexts: promptTexts(cassette),
    answerTexts: answerTexts(objects),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  completed: "stop",
  requires_action: "tool_call",
  incomplete: "length",
  failed: "error",
  cancelled: "error",
};

function expectedUsage(counts: Json): Readonly<Record<string, number | undefined>> {
  const sum = (...names: readonly string[]): number | undefined => {
    const given = names.map((name) => counts[name]).filter((tokens) => typeof tokens === "number");
    return given.length > 0 ? given.reduce((total, tokens) => total + tokens, 0) : undefined;
  };
  return {
    "gen_ai.usage.input_tokens": sum("total_input_tokens", "total_tool_use_tokens"),
    "gen_ai.usage.output_tokens": sum("total_output_tokens", "total_thought_tokens"),
    "gen_ai.usage.cache_read.input_tokens": sum("total_cached_tokens"),
    "gen_ai.usage.cache_write.input_tokens": undefined,
    "gen_ai.usage.reasoning.output_tokens": sum("total_thought_tokens"),
  };
}

function applicableAttributes(cassette: Cassette): ReadonlySet<string> {
  const request = requestFields(cassette);
  const config = isObject(request["generation_config"]) ? request["generation_config"] : {};
  return attributesOf(
    { ...request, ...config },
    {
      "gen_ai.request.model": "model",
      "gen_ai.request.stream": request["stream"] === true,
      "gen_ai.request.temperature": "temperature",
      "gen_ai.request.top_p": "top_p",
      "gen_ai.request.seed": "seed",
      "gen_ai.request.max_tokens": "max_output_tokens",
      "gen_ai.request.stop_sequences": "stop_sequences",
      "gen_ai.request.reasoning.level": "thinking_level",
      "gen_ai.request.previous_response.id": "previous_interaction_id",
    },
  );
}

function promptTexts(cassette: Cassette): readonly string[] {
  const { input, system_instruction: system } = requestFields(cassette);
  const items = Array.isArray(input) ? objectsIn(input) : isObject(input) ? [input] : [];
  const texts = items.flatMap((item) => [item, ...objectsIn(item["content"])]).map(({ text }) => text);
  return [system, input, ...texts].filter((text): text is string => typeof text === "string" && text !== "");
}

/** Text of each streamed step, whole, or those of the answer's steps; and the functions that were called. */
function answerTexts(objects: readonly Json[]): readonly string[] {
  const byStep = new Map<unknown, string>();
  const names: string[] = [];
  for (const object of objects) {
    const steps = [...objectsIn(object["steps"]), ...(isObject(object["step"]) ? [object["step"]] : [])];
    for (const step of steps) {
      if (step["type"] === "function_call" && typeof step["name"] === "string") names.push(step["name"]);
      if (step["type"] === "model_output")
        names.push(...objectsIn(step["content"]).map(({ text }) => String(text ?? "")));
    }
    const { delta, index } = object;
    if (isObject(delta) && delta["type"] === "text") byStep.set(index, `${byStep.get(index) ?? ""}${delta["text"]}`);
  }
  return [...byStep.values(), ...names].filter((text) => text !== "");
}
