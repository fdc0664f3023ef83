import { inputMessagesSchema } from "@genspan/semconv/messages";
import { describe, expect, it } from "vitest";
import { createInteraction, fetchInteraction } from "./interactions.ts";

describe("an interaction", () => {
  const interaction = createInteraction.select?.([{ model: "m" }]);

  it("has messages of turns, contents and steps", () => {
    const input = [
      { type: "text", text: "Look:" },
      { type: "image", data: "AAAA", mime_type: "image/png" },
      { type: "thought", summary: [{ type: "text", text: "Hm." }], signature: "c2ln" },
      { type: "function_call", id: "1", name: "f", arguments: { x: 1 } },
      { type: "function_result", call_id: "1", result: [{ type: "text", text: "ok" }] },
      { type: "google_search_call", id: "2", arguments: { queries: ["a"] } },
      { role: "model", content: "Hello" },
    ];
    const messages = interaction?.input?.({ model: "m", input }).messages;
    expect(messages?.map(({ role, parts }) => [role, ...parts.map(({ type }) => type)])).toEqual([
      ["user", "text", "blob"],
      ["assistant", "reasoning"],
      ["assistant", "tool_call"],
      ["tool", "tool_call_response"],
      ["assistant", "server_tool_call"],
      ["assistant", "text"],
    ]);
    inputMessagesSchema.parse(messages);
  });

  it("is folded of the events of 1.x and of later versions alike", () => {
    for (const [kind, first] of [
      ["step", { type: "model_output" }],
      ["content", { type: "text", text: "" }],
    ] as const) {
      const fold = interaction?.stream?.(true);
      fold?.add({ event_type: `${kind}.start`, index: 0, [kind]: first });
      for (const text of ["He", "llo"])
        fold?.add({ event_type: `${kind}.delta`, index: 0, delta: { type: "text", text } });
      fold?.add({ event_type: `${kind}.start`, index: 1, [kind]: { type: "function_call", id: "1", name: "f" } });
      for (const json of ['{"x"', ":1}"]) {
        fold?.add({ event_type: "step.delta", index: 1, delta: { type: "arguments_delta", arguments: json } });
      }
      fold?.add({ event_type: "interaction.completed", interaction: { id: "i", status: "requires_action" } });
      const response = fold?.response();
      expect(interaction?.output?.(response)).toEqual([
        {
          role: "assistant",
          parts: [
            { type: "text", content: "Hello" },
            { type: "tool_call", id: "1", name: "f", arguments: { x: 1 } },
          ],
        },
      ]);
      expect(interaction?.response(response)["gen_ai.response.finish_reasons"]).toEqual(["tool_call"]);
      expect(interaction?.failure?.(response)).toBeUndefined();
    }
  });

  it("that tells of an error in its stream has failed", () => {
    const fold = interaction?.stream?.(false);
    fold?.add({ event_type: "error", error: { code: "overloaded", message: "later" } });
    expect(interaction?.failure?.(fold?.response())).toEqual({ type: "overloaded", message: "later" });
  });

  it("of an agent invokes it", () => {
    const agent = createInteraction.select?.([{ agent: "deep-research" }]);
    expect(agent?.operation).toBe("invoke_agent");
    expect(agent?.request({ agent: "deep-research" })).toEqual({ "gen_ai.agent.id": "deep-research" });
  });

  it("belongs to a project where Vertex AI is asked", () => {
    const client = {
      getBaseUrl: () => "https://aiplatform.googleapis.com/",
      getApiVersion: () => "v1beta1",
      isVertexAI: () => true,
      getProject: () => "shop",
      getLocation: () => "global",
    };
    const pathOf = (method: typeof fetchInteraction | undefined, body: object, of: object): unknown =>
      typeof method?.path === "function" ? method.path({ ...body }, of) : method?.path;
    expect(pathOf(interaction, {}, client)).toBe("/projects/shop/locations/global/interactions");
    expect(pathOf(fetchInteraction, { interaction_id: "i/1" }, client)).toBe(
      "/projects/shop/locations/global/interactions/i%2F1",
    );
    expect(pathOf(interaction, {}, { ...client, isVertexAI: () => false })).toBe("/interactions");
  });
});

describe("an interaction that is fetched", () => {
  it("has the state and the answer of one that another call made, and not its cost", () => {
    const body = fetchInteraction.body?.(["i", { last_event_id: "7", stream: true }]) as Record<string, unknown>;
    expect(fetchInteraction.request(body)).toEqual({
      "gen_ai.response.id": "i",
      "gen_ai.request.stream_cursor": "7",
    });
    const response = { id: "i", model: "m", status: "failed", usage: { total_input_tokens: 3 }, error: { code: "x" } };
    expect(fetchInteraction.response(response)).toEqual({
      "gen_ai.response.id": "i",
      "gen_ai.response.model": "m",
      "gen_ai.response.status": "failed",
      "gen_ai.response.finish_reasons": ["error"],
    });
    expect(fetchInteraction.failure).toBeUndefined();
  });
});
