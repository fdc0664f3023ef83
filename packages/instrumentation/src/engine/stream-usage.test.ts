import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { instrument } from "../instrument.ts";
import type { InstrumentationOptions } from "../options.ts";
import { startServer } from "../testing/openai-server.ts";
import { memorySpans } from "../testing/spans.ts";
import { defaultStreamUsage } from "./environment.ts";
import { estimateTokens } from "./estimate.ts";

const server = await startServer();
const spans = memorySpans();

const ask = { model: "gpt-4o", stream: true as const, messages: [{ role: "user" as const, content: "hello" }] };
const bareClient = (): OpenAI => new OpenAI({ apiKey: "k", baseURL: server.baseURL, maxRetries: 0 });
const makeClient = (options: InstrumentationOptions): OpenAI => instrument(bareClient(), options);
const usage = () => {
  const attributes = spans.getFinishedSpans()[0]?.attributes ?? {};
  const names = ["gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "genspan.usage.estimated"];
  return names.map((name) => attributes[name]);
};
const drain = async (stream: AsyncIterable<unknown>): Promise<unknown[]> => {
  const chunks: unknown[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};

describe("usage of streams that is requested", () => {
  const traced = () => makeClient({ streamUsage: "request" }).chat.completions;
  const bare = () => bareClient().chat.completions;

  it("is on the span, and the application gets the chunks that it gets without us", async () => {
    const chunks = await drain(await traced().create(ask));
    expect(server.requests.at(-1)).toMatchObject({ stream_options: { include_usage: true } });
    expect(chunks).toEqual(await drain(await bare().create(ask)));
    expect(chunks).toHaveLength(4);
    expect(usage()).toEqual([11, 7, undefined]);
  });

  it("is kept from both halves of tee(), from toReadableStream() and from the helper", async () => {
    const [left, right] = (await traced().create(ask)).tee();
    const halves = await Promise.all([drain(left), drain(right)]);
    expect(halves.map((half) => half.length)).toEqual([4, 4]);
    const readable = await drain((await traced().create(ask)).toReadableStream());
    expect(readable).toHaveLength(4);
    const events: unknown[] = [];
    const helper = traced().stream(ask);
    helper.on("chunk", (chunk) => void events.push(chunk));
    const completion = await helper.finalChatCompletion();
    const expected = await bare().stream(ask).finalChatCompletion();
    expect(completion).toEqual(expected);
    expect(events).toHaveLength(4);
    expect(spans.getFinishedSpans()).toHaveLength(3);
  });

  it("leaves the request object of the application as it is, and its other stream options in the request", async () => {
    const request = { ...ask, stream_options: { include_obfuscation: false } };
    await drain(await traced().create(request));
    expect(request).toEqual({ ...ask, stream_options: { include_obfuscation: false } });
    expect(server.requests.at(-1)?.["stream_options"]).toEqual({ include_obfuscation: false, include_usage: true });
  });

  it.each([true, false])("is left to an application that says include_usage: %s", async (include_usage) => {
    const request = { ...ask, stream_options: { include_usage } };
    const chunks = await drain(await traced().create(request));
    expect(chunks).toEqual(await drain(await bare().create(request)));
    expect(chunks).toHaveLength(include_usage ? 5 : 4);
  });

  it("is not requested for what is no stream", async () => {
    await traced().create({ ...ask, stream: false });
    expect(server.requests.at(-1)).not.toHaveProperty("stream_options");
  });
});

describe("usage of streams that is counted", () => {
  it("is an estimate by default, and the request stays as it is", async () => {
    await drain(await makeClient({ streamUsage: "count" }).chat.completions.create(ask));
    expect(server.requests.at(-1)).not.toHaveProperty("stream_options");
    expect(usage()).toEqual([estimateTokens("hello"), estimateTokens('{"a":1}'), true]);
  });

  it("is what the application's tokenizer says of the texts", async () => {
    const asked: unknown[] = [];
    const countTokens = (text: string, model: string | undefined): number => asked.push([text, model]) * 100;
    await drain(await makeClient({ streamUsage: "count", countTokens }).chat.completions.create(ask));
    expect(asked).toEqual([
      ["hello", "gpt-4o-2024-08-06"],
      ['{"a":1}', "gpt-4o-2024-08-06"],
    ]);
    expect(usage()).toEqual([100, 200, true]);
  });

  it("gives way to what the provider reports", async () => {
    const request = { ...ask, stream_options: { include_usage: true } };
    await drain(await makeClient({ streamUsage: "count" }).chat.completions.create(request));
    expect(usage()).toEqual([11, 7, undefined]);
  });

  it("keeps content off the span", async () => {
    await drain(await makeClient({ streamUsage: "count", captureContent: "none" }).chat.completions.create(ask));
    const names = Object.keys(spans.getFinishedSpans()[0]?.attributes ?? {});
    expect(names.filter((name) => name.includes("messages"))).toEqual([]);
  });

  it("leaves the span without figures where the tokenizer throws", async () => {
    const countTokens = (): number => {
      throw new Error("no vocabulary");
    };
    await drain(await makeClient({ streamUsage: "count", countTokens }).chat.completions.create(ask));
    expect(usage()).toEqual([undefined, undefined, undefined]);
  });
});

describe("GENSPAN_STREAM_USAGE", () => {
  it.each([
    [undefined, "never"],
    ["", "never"],
    ["Request ", "request"],
    ["count", "count"],
    ["always", "never"],
  ])("%s is %s", (value, expected) => {
    expect(defaultStreamUsage({ GENSPAN_STREAM_USAGE: value })).toBe(expected);
  });
});
