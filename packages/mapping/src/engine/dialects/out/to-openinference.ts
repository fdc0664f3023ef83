import * as semconv from "@genspan/semconv";
import { json } from "../../json-text.ts";
import { documentsOf } from "../reading/io.ts";
import { field, parsed } from "../reading/values.ts";
import { mediaUrl, type PlainMessage, plainMessages } from "./chat-parts.ts";
import { asText, type Outgoing, type Renames } from "./outgoing.ts";

/** OpenInference, for Phoenix and Arize. Source: `@arizeai/openinference-semantic-conventions` 2.12.0. */

const KINDS: ReadonlyMap<unknown, string> = new Map([
  ["chat", "LLM"],
  ["generate_content", "LLM"],
  ["text_completion", "LLM"],
  ["embeddings", "EMBEDDING"],
  ["retrieval", "RETRIEVER"],
  ["rerank", "RERANKER"],
  ["execute_tool", "TOOL"],
  ["invoke_agent", "AGENT"],
  ["create_agent", "AGENT"],
  ["plan", "AGENT"],
  ["invoke_workflow", "CHAIN"],
]);

/** Provider, and the API that it speaks. */
const PROVIDERS: ReadonlyMap<unknown, readonly [provider: string, system?: string]> = new Map([
  ["openai", ["openai", "openai"]],
  ["anthropic", ["anthropic", "anthropic"]],
  ["cohere", ["cohere", "cohere"]],
  ["mistral_ai", ["mistralai", "mistralai"]],
  ["gcp.gemini", ["google"]],
  ["gcp.gen_ai", ["google"]],
  ["gcp.vertex_ai", ["google", "vertexai"]],
  ["aws.bedrock", ["aws", "amazon"]],
  ["azure.ai.openai", ["azure", "openai"]],
  ["azure.ai.inference", ["azure", "azure"]],
  ["x_ai", ["xai"]],
  ["moonshot_ai", ["moonshot"]],
]);

const NAMES: Renames = {
  [semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS]: "llm.token_count.prompt",
  [semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]: "llm.token_count.completion",
  [semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]: "llm.token_count.prompt_details.cache_read",
  [semconv.ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]: "llm.token_count.prompt_details.cache_write",
  [semconv.ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS]: "llm.token_count.prompt_details.audio",
  [semconv.ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS]: "llm.token_count.completion_details.audio",
  [semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]: "llm.token_count.completion_details.reasoning",
  [semconv.ATTR_GEN_AI_TOOL_NAME]: "tool.name",
  [semconv.ATTR_GEN_AI_TOOL_DESCRIPTION]: "tool.description",
  [semconv.ATTR_GEN_AI_TOOL_CALL_ID]: "tool.id",
  [semconv.ATTR_GEN_AI_AGENT_NAME]: "agent.name",
  [semconv.ATTR_GEN_AI_CONVERSATION_ID]: "session.id",
  [semconv.ATTR_GEN_AI_PROMPT_VERSION]: "llm.prompt_template.version",
};

/** Parameters of the request by the names that OpenAI's API has for them. */
const PARAMETERS: Renames = {
  [semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE]: "temperature",
  [semconv.ATTR_GEN_AI_REQUEST_TOP_P]: "top_p",
  [semconv.ATTR_GEN_AI_REQUEST_TOP_K]: "top_k",
  [semconv.ATTR_GEN_AI_REQUEST_MAX_TOKENS]: "max_tokens",
  [semconv.ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY]: "frequency_penalty",
  [semconv.ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY]: "presence_penalty",
  [semconv.ATTR_GEN_AI_REQUEST_STOP_SEQUENCES]: "stop",
  [semconv.ATTR_GEN_AI_REQUEST_SEED]: "seed",
  [semconv.ATTR_GEN_AI_REQUEST_CHOICE_COUNT]: "n",
  [semconv.ATTR_GEN_AI_REQUEST_STREAM]: "stream",
  [semconv.ATTR_GEN_AI_REQUEST_REASONING_LEVEL]: "reasoning_effort",
  [semconv.ATTR_OPENAI_REQUEST_SERVICE_TIER]: "service_tier",
};

export function speakOpenInference(out: Outgoing): void {
  const kind = KINDS.get(out.get(semconv.ATTR_GEN_AI_OPERATION_NAME));
  if (kind === undefined) return; // a span of something else
  out.say("openinference.span.kind", kind);
  out.rename(NAMES);
  // Both names are about: one in its conventions, one in its own converter.
  out.say("tool_call.id", out.get(semconv.ATTR_GEN_AI_TOOL_CALL_ID));
  sayModel(out, kind);
  const input = out.messages(semconv.ATTR_GEN_AI_INPUT_MESSAGES);
  const system = out.instructions(semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS);
  const output = out.messages(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES);
  const isLlm = kind === "LLM";
  const heard = plainMessages([...system, ...(input ?? [])]);
  if (isLlm && heard.length > 0) {
    sayMessages(out, "llm.input_messages", heard);
    sayShort(out, "input", heard.at(-1));
    out.use(semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_SYSTEM_INSTRUCTIONS);
  }
  if (isLlm && output !== undefined) {
    const said = plainMessages(output);
    sayMessages(out, "llm.output_messages", said);
    sayShort(out, "output", said[0]);
    out.use(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES);
  }
  sayIo(out, kind);
  sayLists(out);
}

function sayModel(out: Outgoing, kind: string): void {
  const requested = out.get(semconv.ATTR_GEN_AI_REQUEST_MODEL);
  const answered = out.get(semconv.ATTR_GEN_AI_RESPONSE_MODEL);
  out.say(kind === "EMBEDDING" ? "embedding.model_name" : "llm.model_name", answered ?? requested);
  out.rename({
    [semconv.ATTR_GEN_AI_REQUEST_MODEL]: "llm.request.model_name",
    [semconv.ATTR_GEN_AI_RESPONSE_MODEL]: "llm.response.model_name",
  });
  const name = out.get(semconv.ATTR_GEN_AI_PROVIDER_NAME);
  const [provider, system] = PROVIDERS.get(name) ?? [name];
  out.say("llm.provider", provider);
  out.say("llm.system", system);
  out.use(semconv.ATTR_GEN_AI_PROVIDER_NAME);
  const given = Object.entries(PARAMETERS).filter(([from]) => out.get(from) !== undefined);
  if (given.length > 0) {
    out.say("llm.invocation_parameters", json(Object.fromEntries(given.map(([from, to]) => [to, out.get(from)]))));
    out.use(...given.map(([from]) => from));
  }
  const [prompt, completion] = [semconv.ATTR_GEN_AI_USAGE_INPUT_TOKENS, semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS].map(
    (one) => out.get(one),
  );
  if (typeof prompt === "number" && typeof completion === "number")
    out.say("llm.token_count.total", prompt + completion);
  const reasons = out.get(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
  if (Array.isArray(reasons) && reasons.length === 1) {
    out.say("llm.finish_reason", reasons[0] === "tool_call" ? "tool_calls" : reasons[0]);
    out.use(semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS);
  }
}

function sayMessages(out: Outgoing, prefix: string, messages: readonly PlainMessage[]): void {
  messages.forEach(({ role, name, content, calls, toolCallId }, index) => {
    const path = `${prefix}.${index}.message`;
    out.say(`${path}.role`, role);
    out.say(`${path}.name`, name);
    out.say(`${path}.tool_call_id`, toolCallId);
    if (typeof content === "string") out.say(`${path}.content`, content);
    else {
      content?.forEach((part, at) => {
        sayPart(out, `${path}.contents.${at}.message_content`, part);
      });
    }
    calls.forEach((call, at) => {
      const called = `${path}.tool_calls.${at}.tool_call`;
      out.say(`${called}.id`, call.id);
      out.say(`${called}.function.name`, call.name);
      out.say(`${called}.function.arguments`, call.arguments);
    });
  });
}

/** Parts that say all they are in their text. */
const WORDS: ReadonlySet<unknown> = new Set(["text", "reasoning", "refusal"]);

function sayPart(out: Outgoing, path: string, part: Readonly<Record<string, unknown>>): void {
  const { type, modality, text } = part;
  const url = field(part["image_url"], "url") ?? mediaUrl(part);
  const kind = url === undefined ? undefined : type === "image_url" ? "image" : modality;
  if (kind === "image" || kind === "audio" || kind === "video") {
    out.say(`${path}.type`, kind);
    out.say(`${path}.${kind}.${kind}.url`, url);
    return;
  }
  out.say(`${path}.type`, type);
  // What it has no names for stands in the text, whole.
  out.say(`${path}.text`, asText(WORDS.has(type) ? (text ?? part["content"] ?? part) : part));
}

/** What lists of spans show: the last word that the model was given, and its own first. The rest is in the messages. */
function sayShort(out: Outgoing, side: "input" | "output", message: PlainMessage | undefined): void {
  if (message === undefined) return;
  const { content, calls } = message;
  const text = typeof content === "string" ? content : json(content ?? calls);
  out.say(`${side}.value`, text);
  out.say(`${side}.mime_type`, typeof content === "string" ? "text/plain" : "application/json");
}

/** The whole input and output, which its screens show; of calls of tools and the like it is the only place. */
function sayIo(out: Outgoing, kind: string): void {
  const places: Readonly<Record<string, readonly [input: string, output: string]>> = {
    TOOL: [semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, semconv.ATTR_GEN_AI_TOOL_CALL_RESULT],
    RETRIEVER: [semconv.ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, ""],
    AGENT: [semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES],
    CHAIN: [semconv.ATTR_GEN_AI_INPUT_MESSAGES, semconv.ATTR_GEN_AI_OUTPUT_MESSAGES],
  };
  const [input = "", output = ""] = places[kind] ?? [];
  for (const [name, side] of [
    [input, "input"],
    [output, "output"],
  ] as const) {
    const value = asText(out.get(name));
    if (value === undefined) continue;
    out.say(`${side}.value`, value);
    out.say(`${side}.mime_type`, /^[[{]/.test(value) ? "application/json" : "text/plain");
    out.use(name);
  }
}

/** Its instrumentations write what the chat endpoint was sent, where a function stands in an object of its own. */
function chatTool(tool: unknown): unknown {
  if (field(tool, "type") !== "function" || field(tool, "function") !== undefined) return tool;
  const { type, ...declared } = tool as Readonly<Record<string, unknown>>; // it has a type
  return { type, function: declared };
}

function sayLists(out: Outgoing): void {
  const tools = parsed(out.get(semconv.ATTR_GEN_AI_TOOL_DEFINITIONS));
  if (Array.isArray(tools)) {
    tools.forEach((tool: unknown, index) => {
      out.say(`llm.tools.${index}.tool.json_schema`, json(chatTool(tool)));
    });
    out.use(semconv.ATTR_GEN_AI_TOOL_DEFINITIONS);
  }
  const documents = documentsOf(out.get(semconv.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS));
  documents?.forEach((document, index) => {
    for (const [key, value] of Object.entries(document)) {
      out.say(`retrieval.documents.${index}.document.${key}`, typeof value === "object" ? json(value) : value);
    }
  });
  if (documents !== undefined) out.use(semconv.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS);
}
