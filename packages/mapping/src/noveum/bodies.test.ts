import { describe, expect, it } from "vitest";
import { documented } from "./testing.ts";

const text = (role: string, content: string) => JSON.stringify([{ role, parts: [{ type: "text", content }] }]);

describe("bodies", () => {
  it("are the provider's own where they were captured", () => {
    const raw = { model: "gpt-4o", messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }], top_k: 3 };
    const attributes = { "genspan.raw.request": JSON.stringify(raw), "genspan.raw.response": '{"id":"x","odd":1}' };
    expect(documented({ attributes }).attributes).toMatchObject({ request: raw, response: { id: "x", odd: 1 } });
  });

  it("are rebuilt as a text completion's for one", () => {
    const attributes = {
      "gen_ai.operation.name": "text_completion",
      "gen_ai.input.messages": text("user", "Once"),
      "gen_ai.output.messages": text("assistant", " upon"),
      "gen_ai.response.id": "c1",
      "gen_ai.response.finish_reasons": ["length"],
    };
    const { request, response } = documented({ attributes }).attributes;
    expect(request).toEqual({ model: "gpt-4o", prompt: "Once" });
    expect(response).toMatchObject({
      object: "text_completion",
      choices: [{ index: 0, finish_reason: "length", logprobs: null, text: " upon" }],
    });
  });

  it("hold no empty messages where there is no content", () => {
    const attributes = { "gen_ai.response.id": "r", "gen_ai.response.finish_reasons": ["stop"] };
    const { request, response } = documented({ attributes }).attributes;
    expect(request).toEqual({ model: "gpt-4o" });
    expect(response).toEqual({
      id: "r",
      object: "chat.completion",
      created: 1795169731,
      model: "gpt-4o",
      choices: [{ index: 0, finish_reason: "stop", logprobs: null }],
    });
  });

  it("say of a failed call what the span says", () => {
    const fields = { status: { code: 2, message: "slow down" }, attributes: { "error.type": "RateLimitError" } };
    expect(documented(fields).attributes.response).toEqual({ error: { message: "slow down", type: "RateLimitError" } });
    expect(documented({ status: { code: 2 } }).attributes).not.toHaveProperty("response");
  });
});

describe("a streamed response", () => {
  const streamed = { "gen_ai.request.stream": true, "gen_ai.response.finish_reasons": ["stop"] };
  const chunk = (content: string, index = 0) => ({ id: "r1", choices: [{ index, delta: { content } }] });

  it("has its text in delta, and its chunks where they were captured", () => {
    const attributes = {
      ...streamed,
      "gen_ai.response.id": "r1",
      "gen_ai.output.messages": text("assistant", "hello"),
    };
    const merged = {
      id: "r1",
      model: "gpt-4o",
      choices: [{ index: 0, delta: { role: "assistant", content: "hello" }, finish_reason: "stop" }],
    };
    expect(documented({ attributes }).attributes.response).toEqual(merged);
    const chunks = [chunk("hel"), chunk("lo")];
    expect(
      documented({ attributes: { ...attributes, "genspan.raw.chunks": JSON.stringify(chunks) } }).attributes.response,
    ).toEqual({ ...merged, streamed_data: chunks });
  });

  it("is put together from the chunks where messages were not captured", () => {
    const chunks = [chunk("a"), chunk("x", 1), chunk("b"), { ...chunk("y", 1), x_groq: { id: "q" } }];
    const { response } = documented({ attributes: { "genspan.raw.chunks": JSON.stringify(chunks) } }).attributes;
    expect(response).toEqual({
      id: "r1",
      model: "gpt-4o",
      choices: [
        { index: 0, delta: { role: "assistant", content: "ab" } },
        { index: 1, delta: { role: "assistant", content: "xy" } },
      ],
      x_groq: { id: "q" },
      streamed_data: chunks,
    });
  });

  it("says how it broke off, after what had arrived", () => {
    const attributes = { "gen_ai.request.stream": true, "genspan.raw.chunks": JSON.stringify([chunk("a")]) };
    expect(documented({ status: { code: 2, message: "reset" }, attributes }).attributes.response).toMatchObject({
      choices: [{ delta: { content: "a" } }],
      error: { message: "reset" },
    });
  });

  it("is absent where nothing arrived", () => {
    expect(documented({ attributes: { "gen_ai.request.stream": true } }).attributes).not.toHaveProperty("response");
  });
});
