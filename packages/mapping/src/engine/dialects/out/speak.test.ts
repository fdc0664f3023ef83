import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spanOf } from "../../testing.ts";
import { anySpan, RUNS } from "../arbitraries.ts";
import { normalise } from "../normalise.ts";
import { keptThrough } from "./kept.ts";
import { SAMPLES } from "./samples.ts";
import { SPOKEN_DIALECTS, to } from "./speak.ts";

const samples = Object.entries(SAMPLES).map(([name, attributes]) => [name, spanOf({ attributes })] as const);
const pairs = SPOKEN_DIALECTS.flatMap((a) => SPOKEN_DIALECTS.map((b) => [a, b] as const));

/** Dialects whose instructions are a message of the chat: read again, they are the first one. */
const MOVED = ["gen_ai.system_instructions", "gen_ai.input.messages"];

describe("a span said in", () => {
  it.each(pairs)("%s, read, said in %s and read again keeps every attribute", (first, second) => {
    for (const [name, span] of samples) {
      const { changed } = keptThrough([span], [first, second]);
      const hasMoved = name === "chat of Anthropic" && changed.length > 0;
      expect(changed, name).toEqual(hasMoved ? MOVED : []);
    }
  });

  it("the current conventions is the very same span where it has their form already", () => {
    for (const [, span] of samples) expect(to("current")(span)).toBe(span);
  });

  it("any dialect is a span again, whatever it was made of, and the given one is untouched", () => {
    fc.assert(
      fc.property(anySpan, fc.constantFrom(...SPOKEN_DIALECTS), (span, dialect) => {
        const before = structuredClone({ ...span.attributes });
        const said = to(dialect)(span);
        expect(said.spanContext()).toEqual(span.spanContext());
        normalise(said);
        expect({ ...span.attributes }).toEqual(before);
      }),
      { numRuns: RUNS },
    );
  });

  it("openinference has the names that Phoenix reads", () => {
    const { attributes } = to("openinference")(spanOf({ attributes: SAMPLES["chat"] ?? {} }));
    expect(attributes).toMatchObject({
      "openinference.span.kind": "LLM",
      "llm.model_name": "gpt-4o-2024-08-06",
      "llm.provider": "openai",
      "llm.system": "openai",
      "llm.input_messages.0.message.role": "system",
      "llm.input_messages.0.message.content": "Be brief.",
      "llm.input_messages.1.message.contents.1.message_content.image.image.url": "https://example.org/a.png",
      "llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments": '{"at":"a.png"}',
      "llm.input_messages.3.message.tool_call_id": "c1",
      "llm.output_messages.0.message.tool_calls.0.tool_call.id": "c2",
      "llm.token_count.prompt": 120,
      "llm.token_count.total": 150,
      "llm.token_count.prompt_details.cache_read": 64,
      "session.id": "thread-1",
    });
    expect(attributes).not.toHaveProperty(["gen_ai.input.messages"]);
  });

  it("openllmetry has the names that Respan's OTLP endpoint documents", () => {
    const { attributes } = to("openllmetry")(spanOf({ attributes: SAMPLES["chat"] ?? {} }));
    expect(attributes).toMatchObject({
      "gen_ai.system": "openai",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.usage.prompt_tokens": 120,
      "gen_ai.usage.completion_tokens": 30,
      "llm.usage.total_tokens": 150,
      "llm.request.type": "chat",
      "gen_ai.prompt.0.role": "system",
      "gen_ai.prompt.0.content": "Be brief.",
      "gen_ai.completion.0.finish_reason": "tool_calls",
    });
  });

  it("1.36 has its content in events, and 1.40 its reasons in the messages", () => {
    const span = spanOf({ attributes: SAMPLES["chat"] ?? {} });
    expect(to("1.36")(span).events.map(({ name }) => name)).toEqual([
      "gen_ai.system.message",
      "gen_ai.user.message",
      "gen_ai.assistant.message",
      "gen_ai.tool.message",
      "gen_ai.choice",
    ]);
    expect(to("1.36")(span).attributes["gen_ai.system"]).toBe("openai");
    const { attributes } = to("1.40")(span);
    expect(attributes["gen_ai.usage.cache_creation.input_tokens"]).toBe(8);
    expect(JSON.parse(String(attributes["gen_ai.output.messages"]))).toMatchObject([{ finish_reason: "tool_call" }]);
  });

  it("any of them is as it was where it is no GenAI span", () => {
    const span = spanOf({ name: "GET /", attributes: { "http.request.method": "GET" } });
    for (const dialect of SPOKEN_DIALECTS) expect(to(dialect)(span).attributes).toEqual(span.attributes);
  });
});
