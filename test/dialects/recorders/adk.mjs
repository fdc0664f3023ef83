/**
 * Google's Agent Development Kit, which writes its spans itself: an agent that calls one tool.
 * Needs: @google/adk@2.0.0 @opentelemetry/api@1 @opentelemetry/sdk-trace-base@2 @opentelemetry/context-async-hooks@2
 */
import { FunctionTool, InMemoryRunner, LlmAgent } from "@google/adk";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { plain } from "./run.ts";
import { INSTRUCTIONS, QUESTION, RESULT, runTurns } from "./turns.mjs";

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
process.env.GEMINI_API_KEY = "key";

async function run({ client, tool: { name, description, parameters } }) {
  globalThis.fetch = (url, init) => client.fetch(`${client.baseURL}${new URL(url).pathname}`, init);
  const tool = new FunctionTool({
    name,
    description: description ?? "",
    parameters: parameters,
    execute: () => ({ result: RESULT }),
  });
  const rootAgent = new LlmAgent({
    name: "weather",
    description: "Knows the weather.",
    model: "gemini-2.0-flash",
    instruction: INSTRUCTIONS,
    generateContentConfig: { temperature: 0.5, maxOutputTokens: 100 },
    tools: [tool],
  });
  const runner = new InMemoryRunner({ agent: rootAgent, appName: "recorded" });
  await runner.sessionService.createSession({ appName: "recorded", userId: "u1", sessionId: "s1" });
  const newMessage = { role: "user", parts: [{ text: QUESTION }] };
  for await (const _ of runner.runAsync({ userId: "u1", sessionId: "s1", newMessage }));
}

await runTurns(JSON.parse(process.argv[2]), ["gemini"], run, () => {
  const spans = exporter.getFinishedSpans().map(plain);
  exporter.reset();
  return Promise.resolve(spans);
});
