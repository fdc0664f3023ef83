import * as semconv from "@genspan/semconv";
import type { Dialect } from "../dialect.ts";
import type { Draft } from "../reading/draft.ts";
import { INPUT_TARGETS, OUTPUT_TARGETS } from "../reading/io.ts";
import { messagesOf } from "../reading/messages.ts";
import { PARAMETER_NAMES, parameters } from "../reading/parameters.ts";
import { toolDefinitions } from "../reading/tools.ts";
import { finishReasons, provider } from "../reading/value-maps.ts";
import { count, field, parsedObject, parsedOrText, text } from "../reading/values.ts";

/** What it calls itself, as scope and as `gen_ai.system`, whatever the model and whoever serves it. */
const AGENT = "gcp.vertex.agent";
/** Written in the place of a call's id. */
const NO_ID = "<not specified>";
/** The name of the span around several calls of one turn. */
const MERGED = "(merged tools)";

const isCall = ({ source }: Draft): boolean =>
  source["gen_ai.system"] === AGENT || (`${AGENT}.llm_request` in source && !("gen_ai.tool.name" in source));

/**
 * Google's Agent Development Kit. Its TypeScript writes Gemini's words in camelCase, its Python in snake_case. Where
 * content is not to be recorded (`ADK_CAPTURE_MESSAGE_CONTENT_IN_SPANS`), and on spans that have none, it is `{}`.
 */
export const adk: Dialect = {
  name: "adk",
  source: "@google/adk 2.0.0 and its spans; google-adk of Python, telemetry/tracing.py",
  scopes: [AGENT],
  markers: [`${AGENT}.`],
  operation: (draft) => (isCall(draft) ? "generate_content" : undefined),
  // Each call of the turn has a span of its own as well.
  misnamed: (operation, { source }) =>
    operation === "execute_tool" && source["gen_ai.tool.name"] === MERGED ? null : undefined,
  rows: [
    {
      from: "gen_ai.system",
      to: semconv.ATTR_GEN_AI_PROVIDER_NAME,
      read: (value, { source }) => (value === AGENT ? providerOf(source["gen_ai.request.model"]) : provider(value)),
    },
    { from: `${AGENT}.session_id`, to: semconv.ATTR_GEN_AI_CONVERSATION_ID, read: text, keep: true },
    {
      from: `${AGENT}.llm_request`,
      to: [...INPUT_TARGETS, semconv.ATTR_GEN_AI_TOOL_DEFINITIONS, ...PARAMETER_NAMES],
      read: request,
    },
    {
      from: `${AGENT}.llm_response`,
      to: [...OUTPUT_TARGETS, semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, semconv.ATTR_GEN_AI_RESPONSE_MODEL],
      read: response,
    },
    { from: `${AGENT}.tool_call_args`, to: semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, read: values },
    { from: `${AGENT}.tool_response`, to: semconv.ATTR_GEN_AI_TOOL_CALL_RESULT, read: values },
  ],
  gather(draft) {
    const given = parsedObject(draft.source[`${AGENT}.llm_response`]);
    const usage = given?.["usageMetadata"] ?? given?.["usage_metadata"];
    if (usage !== undefined) readUsage(draft, usage);
  },
  refine(draft) {
    if (draft.scope !== AGENT) return;
    // The class of the tool in the program.
    if (/Tool$/.test(String(draft.get(semconv.ATTR_GEN_AI_TOOL_TYPE)))) {
      draft.replace(semconv.ATTR_GEN_AI_TOOL_TYPE, "function");
    }
    if (draft.get(semconv.ATTR_GEN_AI_TOOL_CALL_ID) === NO_ID) draft.remove(semconv.ATTR_GEN_AI_TOOL_CALL_ID);
  },
};

/** Gemini's models are Google's, by which endpoint it does not say; others are named with who serves them. */
function providerOf(model: unknown): string {
  const [server, name] = String(model).split("/", 2);
  return name === undefined || server === "models" || server === "projects"
    ? "gcp.gen_ai"
    : (provider(server) ?? "gcp.gen_ai");
}

/** `{}` says that there is nothing to see. */
function recorded(value: unknown): Readonly<Record<string, unknown>> | null | undefined {
  const body = parsedObject(value);
  return body !== undefined && Object.keys(body).length === 0 ? null : body;
}

function request(value: unknown): Readonly<Record<string, unknown>> | null | undefined {
  const body = recorded(value);
  if (body === undefined || body === null) return body;
  const { contents, config } = body;
  const system = field(config, "systemInstruction") ?? field(config, "system_instruction");
  return {
    ...(config !== undefined && parameters(config)),
    [semconv.ATTR_GEN_AI_INPUT_MESSAGES]: messagesOf({ contents, system }, "user"),
    [semconv.ATTR_GEN_AI_TOOL_DEFINITIONS]: toolDefinitions(field(config, "tools") ?? []),
  };
}

function response(value: unknown): Readonly<Record<string, unknown>> | null | undefined {
  const body = recorded(value);
  if (body === undefined || body === null) return body;
  const { content } = body;
  return {
    [semconv.ATTR_GEN_AI_OUTPUT_MESSAGES]: content === undefined ? undefined : messagesOf({ content }, "assistant"),
    [semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS]: finishReasons(body["finishReason"] ?? body["finish_reason"]),
    [semconv.ATTR_GEN_AI_RESPONSE_MODEL]: text(body["modelVersion"] ?? body["model_version"]),
  };
}

function values(value: unknown): unknown {
  const given = recorded(value);
  return given === undefined ? parsedOrText(value) : given;
}

/** Thoughts stand beside the candidates; the span has the candidates alone. */
function readUsage(draft: Draft, usage: unknown): void {
  const counted = (camel: string, snake: string): number | undefined =>
    count(field(usage, camel) ?? field(usage, snake));
  const thoughts = counted("thoughtsTokenCount", "thoughts_token_count");
  const said = counted("candidatesTokenCount", "candidates_token_count");
  draft.set(
    semconv.ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    counted("cachedContentTokenCount", "cached_content_token_count"),
  );
  draft.set(semconv.ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, thoughts);
  if (thoughts !== undefined && draft.get(semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS) === said) {
    draft.replace(semconv.ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, (said ?? 0) + thoughts);
  }
}
