import { describe, expect, it } from "vitest";
import { generateContentOutput, generateContentResponse } from "./response.ts";
import { generateContentStream } from "./stream.ts";

describe("a stream", () => {
  const folded = (...chunks: readonly object[]): unknown => {
    const fold = generateContentStream(true);
    for (const chunk of chunks) fold.add(chunk);
    return fold.response();
  };
  const chunk = (...parts: readonly object[]): object => ({ candidates: [{ index: 0, content: { parts } }] });

  it("is one text for each run of texts of a kind, by candidate", () => {
    const response = folded(
      chunk({ text: "Hm", thought: true }),
      chunk({ text: ".", thought: true }, { text: "A" }),
      { candidates: [{ index: 1, content: { parts: [{ text: "C" }] }, finishReason: "STOP" }] },
      chunk({ text: "B" }),
    );
    expect(generateContentOutput(response).map(({ parts }) => parts)).toEqual([
      [
        { type: "reasoning", content: "Hm." },
        { type: "text", content: "AB" },
      ],
      [{ type: "text", content: "C" }],
    ]);
    expect(generateContentResponse(response)["gen_ai.response.finish_reasons"]).toEqual(["error", "stop"]);
  });

  it("puts arguments that come in pieces into their places", () => {
    const piece = (jsonPath: string, value: object): object =>
      chunk({ functionCall: { partialArgs: [{ jsonPath, ...value }], willContinue: true } });
    const response = folded(
      chunk({ functionCall: { name: "cook", willContinue: true } }),
      piece("$.recipe.steps[0]", { stringValue: "Bo", willContinue: true }),
      piece("$.recipe.steps[0]", { stringValue: "il." }),
      piece("$.recipe.steps[1]", { stringValue: "Eat." }),
      piece("$.recipe['for two']", { boolValue: true }),
      piece("$.minutes", { numberValue: 5 }),
      piece("$.__proto__.polluted", { nullValue: "NULL_VALUE" }),
      chunk({ functionCall: {} }, { functionCall: { name: "eat", args: {} } }),
    );
    const [cook, eat] = generateContentOutput(response)[0]?.parts ?? [];
    expect(JSON.stringify(cook)).toBe(
      '{"type":"tool_call","name":"cook","arguments":{"recipe":{"steps":["Boil.","Eat."],"for two":true},"minutes":5,' +
        '"__proto__":{"polluted":null}}}',
    );
    expect(eat).toEqual({ type: "tool_call", name: "eat", arguments: {} });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
