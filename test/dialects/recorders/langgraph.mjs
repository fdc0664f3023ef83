/**
 * LangGraph: a graph of an agent that calls one tool, under the instrumentation of LangChain that is named: `openinference`,
 * `langfuse` or `openllmetry`.
 * Needs: @langchain/langgraph@1.7.3 @langchain/core@1 @langchain/openai@1 @arizeai/openinference-instrumentation-langchain@4.1.1
 * @langfuse/langchain@5.11.1 @traceloop/instrumentation-langchain@0.27.0 @opentelemetry/api@1
 * @opentelemetry/sdk-trace-base@2 @opentelemetry/context-async-hooks@2
 */
import { tool as toolOf } from "@langchain/core/tools";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { ChatOpenAI } from "@langchain/openai";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { plain } from "./run.ts";
import { INSTRUCTIONS, QUESTION, RESULT, runTurns } from "./turns.mjs";

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
trace.setGlobalTracerProvider(tracerProvider);
const callbackManagerModule = await import("@langchain/core/callbacks/manager");
const by = process.argv[3];
const callbacks = [];
if (by === "openinference") {
  const { LangChainInstrumentation } = await import("@arizeai/openinference-instrumentation-langchain");
  new LangChainInstrumentation({ tracerProvider }).manuallyInstrument(callbackManagerModule);
} else if (by === "openllmetry") {
  const { LangChainInstrumentation } = await import("@traceloop/instrumentation-langchain");
  const instrumentation = new LangChainInstrumentation({ traceContent: true });
  instrumentation.setTracerProvider(tracerProvider);
  instrumentation.manuallyInstrument({ callbackManagerModule });
} else {
  const { CallbackHandler } = await import("@langfuse/langchain");
  callbacks.push(new CallbackHandler());
}

async function run({ client: { apiKey, ...configuration }, tool, model }) {
  const { name, description = "", parameters } = tool;
  const graph = createReactAgent({
    name: "weather",
    llm: new ChatOpenAI({ model, apiKey, configuration, maxRetries: 0 }),
    tools: [toolOf(() => RESULT, { name, description, schema: parameters })],
    prompt: INSTRUCTIONS,
  });
  await graph.invoke({ messages: [{ role: "user", content: QUESTION }] }, { callbacks });
}

/** Nodes of the graph and steps of LangChain's within them, which repeat the graph's state. */
const STEP = /^(workflow )?(Runnable.*|__start__|prompt|agent|tools)$/;

await runTurns(JSON.parse(process.argv[2]), ["chat"], run, () => {
  const spans = exporter.getFinishedSpans().map(plain);
  exporter.reset();
  return Promise.resolve(spans.filter(({ name }) => !STEP.test(name)));
});
