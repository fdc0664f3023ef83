/**
 * OpenAI's Agents SDK under OpenInference's instrumentation: an agent that calls one tool, and one that hands over.
 * Needs: @openai/agents@0.20.0 @arizeai/openinference-instrumentation-openai-agents@0.2.15 openai zod@4
 * @opentelemetry/api@1 @opentelemetry/sdk-trace-base@2 @opentelemetry/context-async-hooks@2
 */
import { OpenAIAgentsInstrumentation } from "@arizeai/openinference-instrumentation-openai-agents";
import * as agents from "@openai/agents";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import OpenAI from "openai";
import { plain } from "./run.ts";
import { INSTRUCTIONS, QUESTION, RESULT, runTurns } from "./turns.mjs";

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
trace.setGlobalTracerProvider(tracerProvider);
new OpenAIAgentsInstrumentation({ tracerProvider }).manuallyInstrument(agents);

async function run({ name, client, tool, model }) {
  const openai = new OpenAI(client);
  const [kind, stream] = name.split("-");
  const chosen =
    kind === "chat"
      ? new agents.OpenAIChatCompletionsModel(openai, model)
      : new agents.OpenAIResponsesModel(openai, model);
  const tools = [
    agents.tool({
      name: tool.name,
      description: tool.description ?? "",
      parameters: { ...tool.parameters, additionalProperties: true, required: tool.parameters.required ?? [] },
      strict: false,
      execute: () => RESULT,
    }),
  ];
  const agent = new agents.Agent({ name: "weather", instructions: INSTRUCTIONS, model: chosen, tools });
  const result = await agents.run(agent, QUESTION, { stream: stream !== undefined });
  if (stream !== undefined) {
    for await (const _ of result);
    await result.completed;
  }
}

await runTurns(JSON.parse(process.argv[2]), ["chat", "responses-stream"], run, async () => {
  await agents.getGlobalTraceProvider().forceFlush();
  const spans = exporter.getFinishedSpans().map(plain);
  exporter.reset();
  return spans;
});
