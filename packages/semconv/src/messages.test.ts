import { describe, expect, it } from "vitest";
import {
  inputMessagesSchema,
  outputMessagesSchema,
  systemInstructionsSchema,
  toolDefinitionsSchema,
} from "./messages.ts";

const user = (...parts: unknown[]) => [{ role: "user", parts }];

describe("message schemas", () => {
  it.each([
    ["text", { type: "text", content: "hi" }],
    ["reasoning", { type: "reasoning", content: "because" }],
    ["a tool call without arguments", { type: "tool_call", id: "c1", name: "look_up" }],
    ["a tool response of null", { type: "tool_call_response", id: "c1", response: null }],
    [
      "a server tool call",
      { type: "server_tool_call", name: "web_search", server_tool_call: { type: "web_search", query: "q" } },
    ],
    ["an image by address", { type: "uri", modality: "image", uri: "https://example.com/a.png" }],
    ["a blob without a mime type", { type: "blob", modality: "audio", content: "AAAA", mime_type: null }],
    ["a part of an unknown type", { type: "hologram", beam: 1 }],
    ["extra keys on a known part", { type: "text", content: "hi", cache: true }],
  ])("accepts %s", (_name, part) => {
    expect(inputMessagesSchema.safeParse(user(part)).success).toBe(true);
  });

  it.each([
    ["text without content, which the official schema lets through", { type: "text" }],
    ["reasoning with a number", { type: "reasoning", content: 1 }],
    ["a tool call without a name", { type: "tool_call", id: "c1" }],
    ["a tool response without a response", { type: "tool_call_response", id: "c1" }],
    ["a file without its id", { type: "file", modality: "document" }],
    ["a part without a type", { content: "hi" }],
  ])("refuses %s", (_name, part) => {
    expect(inputMessagesSchema.safeParse(user(part)).success).toBe(false);
  });

  it("keeps what it does not know", () => {
    const messages = [
      { role: "assistant", parts: [{ type: "text", content: "x", extra: 1 }], finish_reason: "stop", more: [] },
    ];
    expect(outputMessagesSchema.parse(messages)).toEqual(messages);
  });

  it("takes text and unknown parts as system instructions, nothing else that is known", () => {
    expect(systemInstructionsSchema.safeParse([{ type: "text", content: "be kind" }]).success).toBe(true);
    expect(systemInstructionsSchema.safeParse([{ type: "tool_call", name: "x" }]).success).toBe(false);
  });

  it("wants a name on each tool definition", () => {
    expect(
      toolDefinitionsSchema.safeParse([{ type: "function", name: "f", parameters: { type: "object" } }]).success,
    ).toBe(true);
    expect(toolDefinitionsSchema.safeParse([{ type: "function" }]).success).toBe(false);
  });
});
