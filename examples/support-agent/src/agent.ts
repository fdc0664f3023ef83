import { context, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import OpenAI from "openai";

/**
 * A support agent as an application would write it: it looks a question up, lets the model call a tool, answers in a
 * stream, and does without a summary when the model for that is overloaded. The only trace of genspan here are the two
 * spans that no client library can know of: the agent's and the tool's.
 */
export interface AgentOptions {
  readonly client: OpenAI;
  readonly tracer: Tracer;
  /** Takes what the customer sees, piece by piece. */
  readonly write: (text: string) => void;
}

type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam;

const SYSTEM = "You are the support agent of a small hosting company. Be concise.";

const weatherTool: OpenAI.Chat.Completions.ChatCompletionTool = {
  type: "function",
  function: {
    name: "get_current_weather",
    description: "Get the current weather in a given location",
    parameters: {
      type: "object",
      properties: { location: { type: "string", description: "The city and state, e.g. San Francisco, CA" } },
      required: ["location"],
    },
  },
};

export async function runAgent({ client, tracer, write }: AgentOptions): Promise<void> {
  const span = tracer.startSpan("invoke_agent support-agent", {
    attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "support-agent" },
  });
  await context.with(trace.setSpan(context.active(), span), async () => {
    try {
      await lookUp(client, "hello world");
      const history = await answerWithTool({ client, tracer, write });
      write(`${await greet(client, history)}\n`);
      for await (const words of explain(client)) write(words);
      write(`\n${await summarise(client, history)}\n`);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Finds articles of the knowledge base by meaning. */
async function lookUp(client: OpenAI, question: string): Promise<readonly number[]> {
  const { data } = await client.embeddings.create({ model: "text-embedding-ada-002", input: question });
  return data[0]?.embedding ?? [];
}

/** One turn in which the model asks for a tool, and the tool's answer. */
async function answerWithTool({ client, tracer, write }: AgentOptions): Promise<readonly Message[]> {
  const messages: Message[] = [
    { role: "system", content: SYSTEM },
    { role: "user", content: "My server in San Francisco is slow. What's the weather like in San Francisco?" },
  ];
  const { choices } = await client.chat.completions.create({ model: "gpt-4o-mini", messages, tools: [weatherTool] });
  const message = choices[0]?.message;
  const call = message?.tool_calls?.[0];
  if (message === undefined || call?.type !== "function") throw new Error("the model did not call the tool");
  const weather = runTool(tracer, call.id, call.function.name, call.function.arguments);
  write(`Weather: ${weather}\n`);
  return [...messages, message, { role: "tool", tool_call_id: call.id, content: weather }];
}

function runTool(tracer: Tracer, id: string, name: string, given: string): string {
  return tracer.startActiveSpan(`execute_tool ${name}`, (span) => {
    const result = "Sunny, 18 °C, no storms within 100 km";
    span.setAttributes({
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": name,
      "gen_ai.tool.type": "function",
      "gen_ai.tool.call.id": id,
      "gen_ai.tool.call.arguments": given,
      "gen_ai.tool.call.result": JSON.stringify(result),
    });
    span.end();
    return result;
  });
}

/** The next turn of the same conversation. */
async function greet(client: OpenAI, history: readonly Message[]): Promise<string> {
  const { choices } = await client.chat.completions.create({
    model: "gpt-4o",
    messages: [...history, { role: "user", content: "Good. Hello, are you still there?" }],
    tools: [weatherTool],
    temperature: 0.2,
  });
  return choices[0]?.message.content ?? "";
}

/** A long answer, word by word. */
async function* explain(client: OpenAI): AsyncGenerator<string> {
  const stream = await client.chat.completions.create({
    model: "gpt-4o",
    messages: [
      { role: "system", content: SYSTEM },
      { role: "user", content: "How should I structure my database schema?" },
    ],
    max_tokens: 100,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const chunk of stream) yield chunk.choices[0]?.delta.content ?? "";
}

/** A free model that is overloaded from time to time: the ticket then goes without a summary. */
async function summarise(client: OpenAI, history: readonly Message[]): Promise<string> {
  try {
    const model = "google/gemini-2.0-flash-exp:free";
    const { choices } = await client.chat.completions.create({ model, messages: [...history] }, { maxRetries: 0 });
    return choices[0]?.message.content ?? "";
  } catch (error) {
    if (error instanceof OpenAI.RateLimitError) return "(no summary: the free model is overloaded)";
    throw error;
  }
}
