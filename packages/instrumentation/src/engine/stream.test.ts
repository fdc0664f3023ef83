import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SpanStatusCode } from "@opentelemetry/api";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { instrument } from "../instrument.ts";
import { startServer } from "../testing/openai-server.ts";
import { memorySpans } from "../testing/spans.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const server = await startServer();
const spans = memorySpans();

const ask = (content: string) => ({
  model: "gpt-4o",
  stream: true as const,
  messages: [{ role: "user" as const, content }],
});
const makeClient = (): OpenAI =>
  instrument(new OpenAI({ apiKey: "k", baseURL: server.baseURL, maxRetries: 0 }), { captureContent: "span" });
const finished = () => spans.getFinishedSpans().map((span) => span.attributes["gen_ai.response.finish_reasons"]);
const outputs = () => JSON.parse(String(spans.getFinishedSpans()[0]?.attributes["gen_ai.output.messages"]));

async function eventually(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 100 && !condition(); attempt += 1) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("a stream", () => {
  it("has the properties of a bare client's stream and of its iterator", async () => {
    const bare = await new OpenAI({ apiKey: "k", baseURL: server.baseURL }).chat.completions.create(ask("hello"));
    const traced = await makeClient().chat.completions.create(ask("hello"));
    const shape = (stream: object, iterator: object) => [
      Reflect.ownKeys(stream),
      Object.prototype.toString.call(stream),
      Reflect.ownKeys(iterator),
      Object.prototype.toString.call(iterator),
    ];
    const bareIterator = bare[Symbol.asyncIterator]();
    const iterator = traced[Symbol.asyncIterator]();
    expect(shape(traced, iterator)).toEqual(shape(bare, bareIterator));
    await Promise.all([iterator.next(), bareIterator.next()]);
    await Promise.all([iterator.return?.(), bareIterator.return?.()]);
    expect(finished()).toEqual([["error"]]);
  });

  it("ends its span after the last chunk, with the time to the first one and what was said", async () => {
    const chunks: unknown[] = [];
    for await (const chunk of await makeClient().chat.completions.create(ask("hello"))) chunks.push(chunk);
    expect(chunks).toHaveLength(4);
    const [span] = spans.getFinishedSpans();
    expect(span?.attributes).toMatchObject({ "gen_ai.request.stream": true, "gen_ai.response.id": "chatcmpl-1" });
    expect(span?.attributes["gen_ai.response.time_to_first_chunk"]).toBeTypeOf("number");
    expect(span?.attributes["gen_ai.usage.input_tokens"]).toBeUndefined();
    expect(outputs()).toEqual([{ role: "assistant", parts: [{ type: "text", content: '{"a":1}' }] }]);
    expect(server.requests.at(-1)).not.toHaveProperty("stream_options");
  });

  it("hands out the very object that the stream was made of", async () => {
    const client = makeClient();
    const made: unknown[] = [];
    const parse = JSON.parse;
    JSON.parse = (...args: Parameters<typeof parse>) => {
      const value: unknown = parse(...args);
      made.push(value);
      return value;
    };
    try {
      const stream = await client.chat.completions.create(ask("hello"));
      // `tee` reads the stream's own iterator: openai 7 copies chunks only in `[Symbol.asyncIterator]`.
      const [left, right] = stream.tee();
      const chunks: unknown[] = [];
      for await (const chunk of left) chunks.push(chunk);
      expect(chunks).toHaveLength(4);
      for (const chunk of chunks) expect(made.includes(chunk)).toBe(true);
      for await (const chunk of right) expect(chunk).toBe(chunks.shift());
    } finally {
      JSON.parse = parse;
    }
    expect(finished()).toEqual([["stop"]]);
  });

  it("ends its span when the consumer breaks out, and the server is told as by a bare client", async () => {
    for await (const _ of await makeClient().chat.completions.create(ask("hello"))) break;
    expect(finished()).toEqual([["error"]]);
    expect(spans.getFinishedSpans()[0]?.status.code).toBe(SpanStatusCode.UNSET);
  });

  it("ends its span when the consumer throws", async () => {
    const consume = async (): Promise<void> => {
      for await (const _ of await makeClient().chat.completions.create(ask("hello"))) throw new Error("mine");
    };
    await expect(consume()).rejects.toThrow("mine");
    expect(spans.getFinishedSpans()).toHaveLength(1);
  });

  it("ends its span when the application aborts it, without an error that the application did not see", async () => {
    const stream = await makeClient().chat.completions.create(ask("hello"));
    for await (const _ of stream) stream.controller.abort();
    expect(finished()).toEqual([["error"]]);
    expect(spans.getFinishedSpans()[0]?.status.code).toBe(SpanStatusCode.UNSET);
  });

  it("is an error when it breaks off, and keeps what had arrived", async () => {
    const consume = async (): Promise<void> => {
      for await (const _ of await makeClient().chat.completions.create(ask("BREAK")));
    };
    await expect(consume()).rejects.toThrow();
    const [span] = spans.getFinishedSpans();
    expect(span?.status.code).toBe(SpanStatusCode.ERROR);
    expect(span?.attributes["error.type"]).toBeTypeOf("string");
    expect(outputs()).toEqual([{ role: "assistant", parts: [{ type: "text", content: '{"a"' }] }]);
    expect(finished()).toEqual([["error"]]);
  });

  it("ends its span once where two iterators are made, and the second fails as it does without us", async () => {
    const stream = await makeClient().chat.completions.create(ask("hello"));
    for await (const _ of stream);
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toThrow("consumed");
    expect(finished()).toEqual([["stop"]]);
    expect(spans.getFinishedSpans()[0]?.status.code).toBe(SpanStatusCode.UNSET);
  });

  it("is read by toReadableStream, chunk by chunk", async () => {
    const stream = await makeClient().chat.completions.create(ask("hello"));
    let reads = 0;
    for await (const _ of stream.toReadableStream()) reads += 1;
    expect(reads).toBe(4);
    expect(finished()).toEqual([["stop"]]);
  });

  it("ends its span at most once when it is dropped unread", async () => {
    const client = makeClient();
    const drop = async (): Promise<void> => {
      await client.chat.completions.create(ask("hello"));
    };
    await drop();
    expect(spans.getFinishedSpans()).toHaveLength(0);
    await eventually(() => spans.getFinishedSpans().length > 0);
    collectGarbage();
    expect(finished()).toEqual([["error"]]);
  });

  it("ends its span when it is dropped half read", async () => {
    const client = makeClient();
    const drop = async (): Promise<void> => {
      const iterator = (await client.chat.completions.create(ask("hello")))[Symbol.asyncIterator]();
      await iterator.next();
    };
    await drop();
    await eventually(() => spans.getFinishedSpans().length > 0);
    expect(finished()).toEqual([["error"]]);
  });

  it("does not end the span of a promise that is still to be awaited", async () => {
    const promise = makeClient().chat.completions.create(ask("hello"));
    const parsed = promise.withResponse();
    await new Promise((resolve) => setTimeout(resolve, 60));
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(spans.getFinishedSpans()).toHaveLength(0);
    for await (const _ of (await parsed).data);
    expect(finished()).toEqual([["stop"]]);
  });
});
