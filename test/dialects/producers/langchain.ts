/** LangChain, whose model is asked for what the recorded body asks for, under each of its instrumentations. */
import { LangChainInstrumentation as OpenInference } from "@arizeai/openinference-instrumentation-langchain";
import type { BaseMessageLike } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { CallbackHandler } from "@langfuse/langchain";
import { LangChainInstrumentation as OpenLLMetry } from "@traceloop/instrumentation-langchain";
import { consume, type Play } from "./run.ts";
import { produce, provider } from "./support.ts";

/** The class that they patch is that of this module's namespace, whichever copy of it a bundler would make. */
const callbackManagerModule = await import("@langchain/core/callbacks/manager");
const by = process.argv[3];
if (by === "openinference") {
  new OpenInference({ tracerProvider: provider }).manuallyInstrument(callbackManagerModule as never); // of another version
} else if (by === "openllmetry") {
  const instrumentation = new OpenLLMetry({ traceContent: true });
  instrumentation.setTracerProvider(provider);
  instrumentation.manuallyInstrument({ callbackManagerModule });
}
const callbacks = by === "langfuse" ? [new CallbackHandler()] : [];

async function call({ baseURL, body }: Play): Promise<void> {
  const { model, messages, temperature, max_tokens: maxTokens, stream, tools } = body;
  const chat = new ChatOpenAI({
    model: String(model),
    apiKey: "key",
    configuration: { baseURL },
    maxRetries: 0,
    ...(typeof temperature === "number" && { temperature }),
    ...(typeof maxTokens === "number" && { maxTokens }),
  });
  const asked = messages as BaseMessageLike[]; // LangChain reads messages of OpenAI's form
  const bound = Array.isArray(tools) ? chat.bindTools(tools) : chat;
  if (stream === true) await consume(await bound.stream(asked, { callbacks }));
  else await bound.invoke(asked, { callbacks });
}

await produce(call);
