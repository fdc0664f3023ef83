/** What a span must have, read from the recording alone and without any code of the packages under test. */
import type { Cassette } from "../../../support/cassettes.ts";
import { attributesOf } from "../../recordings/conditions.ts";
import type { ExpectedSpan } from "../../recordings/recorded-client.ts";
import { isObject, type Json, objectsIn, requestFields, responseObjects } from "../../recordings/response-objects.ts";
import { expectedFinishReasons } from "../openai/expected.ts";

export function expectedSpan(cassette: Cassette): ExpectedSpan {
  const objects = responseObjects(cassette);
  // The client leaves out what the API reports for moderations.
  const usage = cassette.api === "moderations" ? {} : expectedUsage(cassette, objects);
  const finishReasons = expectedFinishReasons(cassette);
  const id = cassette.api === "embeddings" ? undefined : lastText(objects, "id");
  const model = lastText(objects, "model");
  const identity = {
    "gen_ai.provider.name": "mistral_ai",
    ...(id !== undefined && { "gen_ai.response.id": id }),
    ...(model !== undefined && { "gen_ai.response.model": model }),
  };
  const unavailable = new Set(Object.keys(usage).filter((name) => usage[name] === undefined));
  if (id === undefined) unavailable.add("gen_ai.response.id");
  if (model === undefined) unavailable.add("gen_ai.response.model");
  if (finishReasons === undefined) unavailable.add("gen_ai.response.finish_reasons");
  return {
    usage,
    finishReasons,
    identity,
    applicable: applicableAttributes(cassette),
    unavailable,
    promptTexts: cassette.api === "embeddings" ? [] : promptTexts(cassette),
    answerTexts: answerTexts(objects),
  };
}

const lastText = (objects: readonly Json[], field: string): unknown =>
  objects.map((object) => object[field]).findLast((value) => typeof value === "string" && value !== "");

function expectedUsage({ api }: Cassette, objects: readonly Json[]): Readonly<Record<string, number | undefined>> {
  const usage = objects.map((object) => object["usage"]).findLast(isObject) ?? {};
  const details = [usage["prompt_tokens_details"], usage["prompt_token_details"]].find(isObject) ?? {};
  const output = [usage["completion_tokens_details"]].find(isObject) ?? {};
  const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
  return {
    "gen_ai.usage.input_tokens": number(usage["prompt_tokens"]),
    "gen_ai.usage.output_tokens": api !== "embeddings" ? number(usage["completion_tokens"]) : undefined,
    "gen_ai.usage.cache_read.input_tokens": number(details["cached_tokens"] ?? usage["num_cached_tokens"]),
    "gen_ai.usage.cache_write.input_tokens": undefined,
    "gen_ai.usage.reasoning.output_tokens": number(output["reasoning_tokens"]),
  };
}

/** Attributes whose condition holds for the recorded request. */
function applicableAttributes(cassette: Cassette): ReadonlySet<string> {
  const request = requestFields(cassette);
  return attributesOf(request, {
    "gen_ai.request.model": "model",
    "gen_ai.request.stream": request["stream"] === true,
    "gen_ai.request.seed": "random_seed",
    "gen_ai.request.choice.count": Number(request["n"] ?? 1) !== 1,
    "gen_ai.request.temperature": "temperature",
    "gen_ai.request.top_p": "top_p",
    "gen_ai.request.max_tokens": "max_tokens",
    "gen_ai.request.frequency_penalty": "frequency_penalty",
    "gen_ai.request.presence_penalty": "presence_penalty",
    "gen_ai.request.stop_sequences": "stop",
    "gen_ai.request.reasoning.level": "reasoning_effort",
    "gen_ai.agent.id": "agent_id",
    "gen_ai.embeddings.dimension.count": "output_dimension",
  });
}

function promptTexts(cassette: Cassette): readonly string[] {
  const { messages, prompt, suffix, input } = requestFields(cassette);
  const direct = [prompt, suffix].filter((value): value is string => typeof value === "string" && value !== "");
  return [...direct, ...textsIn(messages, ""), ...textsIn(input, "content")];
}

function textsIn(value: unknown, field: string): readonly string[] {
  if (typeof value === "string") return /^(text|content)$/.test(field) && value !== "" ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, field));
  return isObject(value) ? Object.entries(value).flatMap(([name, inner]) => textsIn(inner, name)) : [];
}

/** What the model said and thought, and the tools that it called. */
function answerTexts(objects: readonly Json[]): readonly string[] {
  const choices = new Map<unknown, Said[]>();
  for (const object of objects) {
    for (const choice of objectsIn(object["choices"])) {
      const said = choices.get(choice["index"]) ?? [];
      choices.set(choice["index"], said);
      const whole = isObject(choice["message"]);
      const message = [choice["message"], choice["delta"]].find(isObject) ?? {};
      for (const next of saidIn(message)) {
        const last = said.at(-1);
        // Pieces of a stream belong together until something else is said.
        if (!whole && last?.kind === next.kind && next.kind !== "call") last.text += next.text;
        else said.push(next);
      }
    }
  }
  return [...choices.values()].flat().flatMap(({ text }) => (text === "" ? [] : [text]));
}

interface Said {
  readonly kind: string;
  text: string;
}

function saidIn(message: Json): readonly Said[] {
  const { content } = message;
  const contents =
    typeof content === "string" && content !== "" ? [{ type: "text", text: content }] : objectsIn(content);
  const texts = contents.map((part) => {
    const thought = objectsIn(part["thinking"]).map(({ text }) => (typeof text === "string" ? text : ""));
    const text = part["type"] === "thinking" ? thought.join("") : part["text"];
    return { kind: String(part["type"]), text: typeof text === "string" ? text : "" };
  });
  const calls = objectsIn(message["tool_calls"]).map(({ function: called }) => {
    return { kind: "call", text: isObject(called) && typeof called["name"] === "string" ? called["name"] : "" };
  });
  return [...texts, ...calls];
}
