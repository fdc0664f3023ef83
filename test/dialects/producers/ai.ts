/**
 * The AI SDK: each major version is asked, in its own words, for what the recorded body asks for. Of version 7 there are
 * its own spans, those in the form of version 6, and those that OpenInference's processor rewrites.
 */
import { LegacyOpenTelemetry, OpenTelemetry } from "@ai-sdk/otel";
import { OpenInferenceSimpleSpanProcessor } from "@arizeai/openinference-vercel";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { modelMessages, systemOf, toolsOf } from "./bodies.ts";
import { consume, type Play } from "./run.ts";
import { exporter, produce, provider } from "./support.ts";

/** What the four versions have in common, as far as it is called here. */
interface AiSdk {
  readonly generateText: (options: object) => Promise<unknown>;
  readonly streamText: (options: object) => { readonly fullStream: AsyncIterable<unknown> };
  readonly jsonSchema: (schema: object) => unknown;
}
type CreateOpenAI = (options: object) => { chat(model: string): unknown; responses(model: string): unknown };

const [version = "7", form] = (process.argv[3] ?? "7").split("-");
const ai = (await import(`ai-${version}`)) as AiSdk;
const providerOfVersion: Readonly<Record<string, string>> = { 4: "1", 5: "2", 6: "3", 7: "4" };
const { createOpenAI } = (await import(`@ai-sdk/openai-${providerOfVersion[version]}`)) as {
  createOpenAI: CreateOpenAI;
};

const rewriting = (): BasicTracerProvider =>
  new BasicTracerProvider({ spanProcessors: [new OpenInferenceSimpleSpanProcessor({ exporter })] });
const tracers = form === "openinference" ? rewriting() : provider;
const tracer = tracers.getTracer(version === "7" && form !== "legacy" ? "gen_ai" : "ai");

function telemetry(): object {
  if (version !== "7") return { experimental_telemetry: { isEnabled: true, functionId: "recorded", tracer } };
  if (form === "legacy") return { telemetry: { integrations: [new LegacyOpenTelemetry({ tracer })] } };
  // The processor's documentation asks for what it has names for.
  const more = form === "openinference" ? { usage: true, providerMetadata: true } : {};
  return { telemetry: { integrations: [new OpenTelemetry({ tracer, ...more })] } };
}

async function call({ baseURL, body, api }: Play): Promise<void> {
  const openai = createOpenAI({ apiKey: "key", baseURL });
  const model = String(body["model"]);
  const schemaName = version === "4" ? "parameters" : "inputSchema";
  const tools = toolsOf(body).map(({ name, description, schema }) => [
    name,
    { description, [schemaName]: ai.jsonSchema(schema) },
  ]);
  const system = systemOf(body);
  const options = {
    model: api === "responses" ? openai.responses(model) : openai.chat(model),
    messages: modelMessages(body, version === "4"),
    ...(system !== undefined && { system }),
    ...(tools.length > 0 && { tools: Object.fromEntries(tools) }),
    ...(typeof body["temperature"] === "number" && { temperature: body["temperature"] }),
    ...(typeof body["max_tokens"] === "number" && {
      [version === "4" ? "maxTokens" : "maxOutputTokens"]: body["max_tokens"],
    }),
    maxRetries: 0,
    ...telemetry(),
  };
  if (body["stream"] === true) await consume(ai.streamText(options).fullStream);
  else await ai.generateText(options);
}

await produce(call);
