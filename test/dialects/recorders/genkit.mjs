/**
 * Genkit, which writes its spans itself: a flow whose model calls one tool.
 * Needs: genkit@1.42.0 @genkit-ai/compat-oai@1.42.0 @opentelemetry/api@1 @opentelemetry/sdk-trace-base@2
 * @opentelemetry/context-async-hooks@2
 */
import openAICompatible from "@genkit-ai/compat-oai";
import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { genkit } from "genkit";
import { plain } from "./run.ts";
import { INSTRUCTIONS, QUESTION, RESULT, runTurns } from "./turns.mjs";

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
process.env.GENKIT_TELEMETRY_SERVER = ""; // its own provider is that of the process otherwise

async function run({ name, client, tool: { name: toolName, description = "", parameters }, model }) {
  const ai = genkit({ plugins: [openAICompatible({ name: "openai", ...client })] });
  const tool = ai.defineTool({ name: toolName, description, inputJsonSchema: parameters }, () =>
    Promise.resolve(RESULT),
  );
  const asked = {
    model: `openai/${model}`,
    system: INSTRUCTIONS,
    prompt: QUESTION,
    tools: [tool],
    config: { temperature: 0.5 },
  };
  const flow = ai.defineFlow("weather", async () => {
    if (!name.endsWith("stream")) return (await ai.generate(asked)).text;
    const { stream, response } = ai.generateStream(asked);
    for await (const _ of stream);
    return (await response).text;
  });
  await flow();
}

await runTurns(JSON.parse(process.argv[2]), ["chat"], run, () => {
  const spans = exporter.getFinishedSpans().map(plain);
  exporter.reset();
  return Promise.resolve(spans);
});
