import * as semconv from "@genspan/semconv";
import { nonEmpty } from "../../absent.ts";
import { isObject } from "../../message-guards.ts";
import { operationOf } from "./content.ts";
import type { Draft } from "./draft.ts";
import { messagesOf } from "./messages.ts";
import { field, parsed, parsedOrText, text } from "./values.ts";

/** Producers that have one `input` and one `output` for everything: what it is follows from the operation. */

/** The operations whose input and output are messages. */
const SPOKEN: ReadonlySet<string> = new Set([
  "chat",
  "generate_content",
  "text_completion",
  "invoke_agent",
  "invoke_workflow",
  "create_agent",
  "plan",
]);

/** Names that an input or output may become. */
export const INPUT_TARGETS: readonly string[] = [
  semconv.ATTR_GEN_AI_INPUT_MESSAGES,
  semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  semconv.ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
];
export const OUTPUT_TARGETS: readonly string[] = [
  semconv.ATTR_GEN_AI_OUTPUT_MESSAGES,
  semconv.ATTR_GEN_AI_TOOL_CALL_RESULT,
  semconv.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
];

/** The input by the span's operation; `undefined` where the operation has no place for one. */
export function inputOf(value: unknown, draft: Draft): Readonly<Record<string, unknown>> | undefined {
  const operation = operationOf(draft) ?? "";
  if (operation === "execute_tool") return { [semconv.ATTR_GEN_AI_TOOL_CALL_ARGUMENTS]: parsedOrText(value) };
  if (operation === "retrieval") return given(semconv.ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, queryOf(value));
  if (!SPOKEN.has(operation)) return undefined;
  return given(semconv.ATTR_GEN_AI_INPUT_MESSAGES, messagesOf(value, "user") ?? asText(value, "user"));
}

/** The output by the span's operation. */
export function outputOf(value: unknown, draft: Draft): Readonly<Record<string, unknown>> | undefined {
  const operation = operationOf(draft) ?? "";
  if (operation === "execute_tool") return toolResult(parsedOrText(value));
  if (operation === "retrieval") return given(semconv.ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, documentsOf(value));
  if (!SPOKEN.has(operation)) return undefined;
  return given(semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, messagesOf(value, "assistant") ?? asText(value, "assistant"));
}

function given(name: string, value: unknown): Readonly<Record<string, unknown>> | undefined {
  return value === undefined ? undefined : { [name]: value };
}

/** What a tool answered; LangChain's tools answer a message, which says what was called as well. */
function toolResult(value: unknown): Readonly<Record<string, unknown>> {
  const message = field(value, "output") ?? value;
  const [id, kwargs] = [field(message, "id"), field(message, "kwargs")];
  if (field(message, "lc") === undefined || !Array.isArray(id) || id.at(-1) !== "ToolMessage") {
    return { [semconv.ATTR_GEN_AI_TOOL_CALL_RESULT]: value };
  }
  return {
    [semconv.ATTR_GEN_AI_TOOL_CALL_RESULT]: field(kwargs, "content"),
    [semconv.ATTR_GEN_AI_TOOL_CALL_ID]: text(field(kwargs, "tool_call_id")),
    [semconv.ATTR_GEN_AI_TOOL_NAME]: text(field(kwargs, "name")),
  };
}

/** A state without messages, such as a workflow's: one text. */
function asText(value: unknown, role: string): unknown {
  return typeof value === "string" && value !== "" ? [{ role, parts: [{ type: "text", content: value }] }] : undefined;
}

function queryOf(value: unknown): string | undefined {
  const read = parsed(value);
  return (isObject(read) ? text(read["query"] ?? read["input"]) : undefined) ?? text(value);
}

/** Documents in the conventions' shape, from what retrievers answer. */
export function documentsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] | undefined {
  const read = parsed(value);
  const list = isObject(read) ? (read["documents"] ?? read["results"]) : read;
  if (!Array.isArray(list)) return undefined;
  const documents = list.flatMap((one) => {
    if (typeof one === "string") return [{ content: one }];
    if (!isObject(one)) return [];
    const { id, score, content, pageContent, page_content, text: plain, metadata } = one;
    const body = content ?? pageContent ?? page_content ?? plain;
    return [
      {
        ...(id !== undefined && { id }),
        ...(score !== undefined && { score }),
        ...(body !== undefined && { content: body }),
        ...(metadata !== undefined && { metadata: parsedOrText(metadata) }),
      },
    ];
  });
  return nonEmpty(documents);
}
