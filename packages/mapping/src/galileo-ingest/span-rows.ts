import { ATTR_GEN_AI_REQUEST_TEMPERATURE, ATTR_GEN_AI_TOOL_CALL_ID } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { constant, from, number, text } from "../engine/readers.ts";
import { type FilledRow, type Mapping, type MappingInput, mapRows } from "../engine/rows.ts";
import { chatTools } from "../formats/chat-completion.ts";
import { inputText } from "../formats/galileo/plain-text.ts";
import { type SpanType, spanTypeOf } from "../formats/galileo/span-type.ts";
import { hasFailed } from "../formats/outcome.ts";
import { commonRows, REDACTED } from "./common-rows.ts";
import { documentsOf, messageOut, messagesIn, stepInputOf, stepOutputOf, toolOutputOf } from "./content.ts";
import { eventsOf } from "./events.ts";
import { llmMetricsRow, metricsRow } from "./metrics.ts";
import type { GalileoIngestOptions } from "./options.ts";
import type {
  AgentFields,
  CommonFields,
  LlmFields,
  RetrieverFields,
  Span,
  StepInput,
  StepOutput,
  ToolFields,
  WorkflowFields,
} from "./span-types.ts";
import { treeOf } from "./tree.ts";

type Rows<T> = Mapping<T, GalileoIngestOptions>;

const redacted = { redacted_input: REDACTED, redacted_output: REDACTED };

const spans: FilledRow<readonly Span[], GalileoIngestOptions> = from(
  "its children, in order of start; an llm span holds none, so its children stand beside it",
  (input) => spansOf(treeOf(input.trace).childrenOf(input.span), input),
);

export const llmRows: Rows<LlmFields> = {
  type: constant("llm"),
  input: from("`gen_ai.system_instructions` and `gen_ai.input.messages`", ({ span }) => messagesIn(span)),
  output: from("the first of `gen_ai.output.messages`", ({ span }) => messageOut(span)),
  ...redacted,
  metrics: llmMetricsRow,
  tools: from("`gen_ai.tool.definitions`", ({ span }) => chatTools(span)),
  events: from(
    "`gen_ai.output.messages`: reasoning and tools that the provider ran, with the texts between them",
    ({ span }) => eventsOf(span),
  ),
  model: from("`gen_ai.response.model`, else `gen_ai.request.model`", ({ span }) => span.model),
  temperature: number(ATTR_GEN_AI_REQUEST_TEMPERATURE),
  finish_reason: from(
    "the first of `gen_ai.response.finish_reasons` (`tool_call` is `tool_calls`), else `error` for a failed span",
    ({ span }) => galileoReason(span.finishReasons[0]) ?? (hasFailed(span) ? "error" : undefined),
  ),
};

export const toolRows: Rows<ToolFields> = {
  type: constant("tool"),
  input: from("`gen_ai.tool.call.arguments`, JSON as text", ({ span }) => inputText(span)),
  output: from("`gen_ai.tool.call.result`, JSON as text", ({ span }) => toolOutputOf(span)),
  ...redacted,
  metrics: metricsRow,
  tool_call_id: text(ATTR_GEN_AI_TOOL_CALL_ID),
  spans,
};

export const retrieverRows: Rows<RetrieverFields> = {
  type: constant("retriever"),
  input: from(
    "`gen_ai.retrieval.query.text`, else `gen_ai.memory.query.text`; of embeddings the input of `genspan.raw.request`",
    ({ span }) => inputText(span),
  ),
  output: from(
    "`gen_ai.retrieval.documents`, else `gen_ai.memory.records`; of embeddings `gen_ai.embeddings.dimension.count`",
    ({ span }) => documentsOf(span),
  ),
  ...redacted,
  metrics: metricsRow,
  spans,
};

const stepInput: FilledRow<StepInput, unknown> = from("`gen_ai.input.messages`; a single text as text", ({ span }) =>
  stepInputOf(span),
);
const stepOutput: FilledRow<StepOutput, unknown> = from(
  "the first of `gen_ai.output.messages`; nothing but text as text",
  ({ span }) => stepOutputOf(span),
);

export const workflowRows: Rows<WorkflowFields> = {
  type: constant("workflow"),
  input: stepInput,
  output: stepOutput,
  ...redacted,
  metrics: metricsRow,
  spans,
};

export const agentRows: Rows<AgentFields> = {
  type: constant("agent"),
  input: stepInput,
  output: stepOutput,
  ...redacted,
  metrics: metricsRow,
  agent_type: constant("default"), // the conventions have names for agents, not kinds
  spans,
};

const ROWS: { readonly [Type in SpanType]: Rows<Extract<Span, { readonly type: Type }>> } = {
  llm: withCommon(llmRows),
  tool: withCommon(toolRows),
  retriever: withCommon(retrieverRows),
  workflow: withCommon(workflowRows),
  agent: withCommon(agentRows),
};

/** Spans of one level, with everything that is nested in them. */
export function spansOf(
  level: readonly GenAISpan[],
  { trace, options }: MappingInput<GalileoIngestOptions>,
): readonly Span[] | undefined {
  if (level.length === 0) return undefined;
  return level.map((span) => {
    const rows = ROWS[spanTypeOf(span, options)] as Rows<Span>; // the rows of the type that the span has
    return mapRows(rows, { span, trace, options });
  });
}

function withCommon<T extends object>(own: Rows<T>): Rows<CommonFields & T> {
  return { ...commonRows, ...own } as Rows<CommonFields & T>; // the two have no field in common
}

/** Galileo's example has OpenAI's word where the conventions have one of their own. */
function galileoReason(reason: string | undefined): string | undefined {
  return reason === "tool_call" ? "tool_calls" : reason;
}
