import * as semconv from "@genspan/semconv";
import { isObject } from "../../message-guards.ts";
import type { Dialect } from "../dialect.ts";
import { operationOf } from "../reading/content.ts";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { INPUT_TARGETS, inputOf, OUTPUT_TARGETS, outputOf } from "../reading/io.ts";
import { provider } from "../reading/value-maps.ts";
import { parsed, text } from "../reading/values.ts";
import { genkitRequest, genkitResponse } from "./genkit-model.ts";

/** Of the kinds of actions those that the conventions know; a prompt and an evaluator are none. */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["model", "chat"],
  ["tool", "execute_tool"],
  ["flow", "invoke_workflow"],
  ["agent", "invoke_agent"],
  ["embedder", "embeddings"],
  ["retriever", "retrieval"],
  ["reranker", "rerank"],
]);

const kindOf = ({ source }: Draft): string => String(source["genkit:metadata:subtype"]);

/**
 * Genkit, whose spans have a JSON input and output for everything; the loop of `generate` repeats those of its models, and
 * is left as it is.
 */
export const genkit: Dialect = {
  name: "genkit",
  source: "genkit 1.42.0, core/src/tracing/instrumentation.ts, and its spans",
  scopes: ["genkit-tracer"],
  markers: ["genkit:name", "genkit:type", "genkit:path", "genkit:state"],
  operation: (draft) => OPERATIONS.get(kindOf(draft)),
  rows: [
    {
      from: "genkit:name",
      to: [
        semconv.ATTR_GEN_AI_PROVIDER_NAME,
        semconv.ATTR_GEN_AI_REQUEST_MODEL,
        semconv.ATTR_GEN_AI_TOOL_NAME,
        semconv.ATTR_GEN_AI_AGENT_NAME,
        semconv.ATTR_GEN_AI_WORKFLOW_NAME,
      ],
      read: named,
      keep: true,
    },
    { from: "genkit:sessionId", to: semconv.ATTR_GEN_AI_CONVERSATION_ID, read: text, keep: true },
  ],
  gather(draft) {
    const kind = kindOf(draft);
    const { "genkit:input": input, "genkit:output": output } = draft.source;
    if (kind === "model") {
      genkitRequest(draft, input);
      genkitResponse(draft, output);
    } else if (kind === "embedder") readVector(draft, output);
    else if (operationOf(draft) !== undefined) {
      readWhole(draft, "genkit:input", INPUT_TARGETS, inputOf);
      readWhole(draft, "genkit:output", OUTPUT_TARGETS, outputOf);
    }
  },
};

/** `openai/gpt-4o` of models and embedders; the name alone of others. */
function named(value: unknown, draft: Draft): Readonly<Record<string, unknown>> | undefined {
  const name = text(value);
  if (name === undefined) return undefined;
  switch (kindOf(draft)) {
    case "model":
    case "embedder": {
      const at = name.indexOf("/");
      return {
        [semconv.ATTR_GEN_AI_REQUEST_MODEL]: name.slice(at + 1),
        [semconv.ATTR_GEN_AI_PROVIDER_NAME]: at > 0 ? provider(name.slice(0, at)) : undefined,
      };
    }
    case "tool":
      return { [semconv.ATTR_GEN_AI_TOOL_NAME]: name };
    case "agent":
      return { [semconv.ATTR_GEN_AI_AGENT_NAME]: name };
    case "flow":
      return { [semconv.ATTR_GEN_AI_WORKFLOW_NAME]: name };
    default:
      return undefined;
  }
}

/** JSON text of whatever it was; a text is in quotes. */
function readWhole(
  draft: Draft,
  name: string,
  targets: readonly string[],
  read: (value: unknown, draft: Draft) => Readonly<Record<string, unknown>> | undefined,
): void {
  const value = draft.source[name];
  if (value === undefined) return;
  const found = read(parsed(value) ?? value, draft);
  if (found === undefined) return;
  setFound(draft, targets, found);
  draft.use(name);
}

/** Vectors are never passed on; only how long they are. */
function readVector(draft: Draft, output: unknown): void {
  const read = parsed(output);
  const { embeddings } = isObject(read) ? read : {};
  if (!Array.isArray(embeddings)) return;
  const [first]: readonly unknown[] = embeddings;
  const vector = isObject(first) ? first["embedding"] : undefined;
  if (Array.isArray(vector)) draft.set(semconv.ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT, vector.length);
  draft.use("genkit:output");
}
