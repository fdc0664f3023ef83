/**
 * Spans of agents, recorded once of the real frameworks (`recorders`): a model asks for a tool in one recorded answer and
 * ends in another. Normalised, they tell of both calls, of the tool and of what is around them, and vendors get it.
 */
import { GenAISpan, mapSpan, vendors } from "@genspan/mapping";
import { describe, expect, it } from "vitest";
import { AGENTS, type Run, type ToldCall, type ToldTool } from "./agents.ts";
import { play } from "./play.ts";
import { VENDOR_OPTIONS } from "./vendor-options.ts";

const CALLS: ReadonlySet<string | undefined> = new Set(["chat", "generate_content"]);
const AROUND: ReadonlySet<string | undefined> = new Set(["invoke_agent", "invoke_workflow"]);
/** The question, as every recorder asks it. */
const QUESTION = "What is it like there?";
/** Cyberpod's records have no place for content. */
const WITHOUT_CONTENT: ReadonlySet<string> = new Set(["cyberpod"]);

async function spansOf({ name, file, run }: Run): Promise<readonly GenAISpan[]> {
  const spans = await play({ name, file }, [], "");
  return (spans[run] ?? []).map((span) => new GenAISpan(span));
}

function callOf(span: GenAISpan): ToldCall {
  const [provider, answeredBy] = ["gen_ai.provider.name", "gen_ai.response.model"].map((name) => span.text(name));
  return {
    ...(provider !== undefined && { provider }),
    model: span.text("gen_ai.request.model") ?? "",
    ...(answeredBy !== undefined && { answeredBy }),
    reasons: span.finishReasons,
    tokens: [span.usage.input ?? 0, span.usage.output ?? 0],
    input: [...instructionsOf(span), ...(span.inputMessages ?? [])].map(({ role, parts }) =>
      [role, ...parts.map(({ type }) => type)].join(" "),
    ),
    output: span.outputMessages?.flatMap(({ parts }) => parts) ?? [],
  };
}

function instructionsOf({ systemInstructions: parts }: GenAISpan) {
  return parts === undefined ? [] : [{ role: "system", parts }];
}

function toolOf(span: GenAISpan): ToldTool {
  const id = span.text("gen_ai.tool.call.id");
  return {
    name: span.text("gen_ai.tool.name") ?? "",
    // The Agent Development Kit makes up ids, others each time.
    ...(id !== undefined && { id: id.startsWith("adk-") ? "adk-" : id }),
    arguments: span.text("gen_ai.tool.call.arguments") ?? "",
    result: span.text("gen_ai.tool.call.result") ?? "",
  };
}

describe.each(AGENTS)("the run of an agent as $name tells it", (agent) => {
  it("has two calls of the model, the call of the tool, and what is around them", async () => {
    const spans = await spansOf(agent);
    const calls = spans.filter(({ operation }) => CALLS.has(operation)).map(callOf);
    const tools = spans.filter(({ operation }) => operation === "execute_tool").map(toolOf);
    const around = spans
      .filter(({ operation }) => AROUND.has(operation))
      .map((span) => span.text("gen_ai.agent.name") ?? span.text("gen_ai.workflow.name"));
    expect(calls).toEqual(agent.calls);
    expect(tools).toEqual([agent.tool]);
    expect(around).toEqual(agent.around);
  });

  it.each(vendors.map(({ name }) => name))("gives %s what was asked and answered", async (name) => {
    const format = vendors.find((vendor) => vendor.name === name)?.configure(VENDOR_OPTIONS[name] ?? {});
    if (format === undefined) throw new Error("no such vendor");
    const calls = (await spansOf(agent)).filter(({ operation }) => CALLS.has(operation));
    const results = calls.map((span) => mapSpan(format, span));
    expect(results.flatMap((result) => (result.status === "invalid" ? result.problems : []))).toEqual([]);
    const records = results.map((result) => (result.status === "mapped" ? JSON.stringify(result.record) : ""));
    const hasContent = !WITHOUT_CONTENT.has(name);
    expect(records.map((record) => record.includes(QUESTION))).toEqual([hasContent, hasContent]);
    expect(records.at(-1)?.includes(agent.answer)).toBe(hasContent);
  });
});
