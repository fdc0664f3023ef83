/**
 * Strands agents, which write their spans themselves: as of earlier conventions, or with `latest` of later ones. An agent
 * calls one tool.
 * Needs: @strands-agents/sdk@1.19.0 openai@6 @opentelemetry/api@1 @opentelemetry/sdk-trace-base@2
 * @opentelemetry/context-async-hooks@2
 */
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { plain } from "./run.ts";
import { INSTRUCTIONS, QUESTION, RESULT, runTurns } from "./turns.mjs";

if (process.argv[3] === "latest") {
  process.env.OTEL_SEMCONV_STABILITY_OPT_IN = "gen_ai_latest_experimental,gen_ai_tool_definitions";
}
const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
const { Agent, FunctionTool } = await import("@strands-agents/sdk");
const { OpenAIModel } = await import("@strands-agents/sdk/models/openai");

async function run({ name, client: { apiKey, ...clientConfig }, tool, model }) {
  const api = name.startsWith("chat") ? "chat" : "responses";
  const { description = "", parameters } = tool;
  const tools = [new FunctionTool({ name: tool.name, description, inputSchema: parameters, callback: () => RESULT })];
  const agent = new Agent({
    name: "weather",
    systemPrompt: INSTRUCTIONS,
    model: new OpenAIModel({ api, modelId: model, apiKey, clientConfig }),
    tools,
    printer: false,
  });
  await agent.invoke(QUESTION);
}

// It streams always.
await runTurns(JSON.parse(process.argv[2]), ["chat-stream"], run, () => {
  const spans = exporter.getFinishedSpans().map(plain);
  exporter.reset();
  return Promise.resolve(spans);
});
