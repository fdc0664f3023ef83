import * as semconv from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { messagesOf, type Speaker } from "../reading/messages.ts";
import { parameters } from "../reading/parameters.ts";
import { reasonsIn } from "../reading/response-body.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { finishReasons } from "../reading/value-maps.ts";
import { count, field, parsedObject, text } from "../reading/values.ts";

/** What a model of Genkit's was asked and answered. Source: genkit 1.42.0, ai/src/model-types.ts and ai/src/parts.ts. */

type Json = Readonly<Record<string, unknown>>;

export function genkitRequest(draft: Draft, value: unknown): void {
  const body = parsedObject(value);
  if (body === undefined) return;
  const { messages, config, tools, output } = body;
  setFound(draft, semconv.ATTR_GEN_AI_INPUT_MESSAGES, readMessages(messages, "user"));
  setFound(draft, semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, toolDefinitions(tools ?? []));
  const given = parameters(config) ?? {};
  for (const name of Object.keys(given)) draft.set(name, given[name]);
  if (field(output, "format") === "json") draft.set(semconv.ATTR_GEN_AI_OUTPUT_TYPE, "json");
  draft.use("genkit:input");
}

/** The raw answer of the provider says more than Genkit's own, where a plugin passes it on. */
export function genkitResponse(draft: Draft, value: unknown): void {
  const body = parsedObject(value);
  if (body === undefined) return;
  const { message, candidates, usage, finishReason } = body;
  const answers = message === undefined && Array.isArray(candidates) ? candidates.map(messageIn) : [message];
  setFound(draft, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, readMessages(answers, "assistant"));
  const raw = isObject(body["raw"]) ? body["raw"] : {};
  draft.set(semconv.ATTR_GEN_AI_RESPONSE_ID, text(raw["id"] ?? raw["responseId"]));
  draft.set(semconv.ATTR_GEN_AI_RESPONSE_MODEL, text(raw["model"] ?? raw["modelVersion"]));
  const reasons = reasonsIn(raw) ?? finishReasons(finishReason === "blocked" ? "content_filter" : finishReason);
  draft.set(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reasons);
  readUsage(draft, usage, raw["usage"]);
  draft.use("genkit:output");
}

function messageIn(candidate: unknown): unknown {
  return field(candidate, "message");
}

/** Thoughts of Gemini's stand beside the output where the total says so. */
function readUsage(draft: Draft, usage: unknown, raw: unknown): void {
  const [input, output, total] = ["inputTokens", "outputTokens", "totalTokens"].map((key) => count(field(usage, key)));
  const thoughts = count(field(usage, "thoughtsTokens"));
  const isBeside = thoughts !== undefined && total === (input ?? 0) + (output ?? 0) + thoughts;
  const of = (details: string, key: string): unknown => field(field(raw, details), key);
  draft.set(semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, input);
  draft.set(semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, isBeside ? (output ?? 0) + thoughts : output);
  draft.set(
    semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    count(field(usage, "cachedContentTokens") ?? of("prompt_tokens_details", "cached_tokens")),
  );
  draft.set(
    semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
    thoughts ?? count(of("completion_tokens_details", "reasoning_tokens")),
  );
}

function readMessages(messages: unknown, speaker: Speaker): unknown {
  if (!Array.isArray(messages)) return undefined;
  return messagesOf(messages.filter(isObject).map(plainMessage), speaker);
}

function plainMessage({ role, content }: Json): Json {
  return { role, parts: Array.isArray(content) ? content.map(part) : content };
}

/** Told apart by their one key, as Gemini's are. */
function part(given: unknown): unknown {
  if (!isObject(given)) return given;
  const { toolRequest: asked, toolResponse: answered, media, reasoning } = given;
  if (isObject(asked)) return { type: "tool_call", id: asked["ref"], name: asked["name"], arguments: asked["input"] };
  if (isObject(answered)) return { type: "tool_call_response", id: answered["ref"], response: answered["output"] };
  if (isObject(media))
    return { type: "media", url: media["url"], mimeType: media["contentType"] ?? typeOf(media["url"]) };
  return typeof reasoning === "string" ? { type: "reasoning", content: reasoning } : given;
}

/** Of a `data:` URL, which says it itself. */
function typeOf(url: unknown): string | undefined {
  return typeof url === "string" ? /^data:([\w.+-]+\/[\w.+-]+)/.exec(url)?.[1] : undefined;
}
