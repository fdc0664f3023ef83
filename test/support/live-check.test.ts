import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { describe, expect, it } from "vitest";
import { liveCheck } from "./live-check.ts";
import type { CheckedSpan, LiveCheckOptions, Policy } from "./live-check-types.ts";

const { CLIENT, INTERNAL } = SpanKind;
const { UNSET, OK, ERROR } = SpanStatusCode;

const chat: CheckedSpan = {
  name: "chat gpt-5",
  kind: CLIENT,
  status: { code: UNSET },
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-5",
    "gen_ai.response.id": "chatcmpl-1",
    "gen_ai.response.model": "gpt-5-2026-01-01",
    "gen_ai.response.finish_reasons": ["stop"],
    "gen_ai.usage.input_tokens": 11,
    "gen_ai.usage.output_tokens": 7,
    "server.address": "api.openai.com",
    "server.port": 443,
  },
};
const tool: CheckedSpan = {
  name: "execute_tool clock",
  kind: INTERNAL,
  status: { code: UNSET },
  attributes: { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "clock" },
};
const failed: CheckedSpan = {
  ...chat,
  status: { code: ERROR },
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-5",
    "server.address": "api.openai.com",
    "server.port": 443,
    "error.type": "invalid_request_error",
  },
};
const withAttributes = (changes: Readonly<Record<string, unknown>>, span = chat): CheckedSpan => ({
  ...span,
  attributes: Object.fromEntries(
    Object.entries({ ...span.attributes, ...changes }).filter(([, value]) => value !== undefined),
  ),
});
const messages = JSON.stringify([{ role: "user", parts: [{ type: "text", content: "Hello" }] }]);

describe("a span that follows the conventions", () => {
  it.each<[string, CheckedSpan, LiveCheckOptions?]>([
    ["a chat call", chat],
    ["a tool execution", tool],
    ["a refused call, which has no response", failed],
    [
      "a call without a model, named by its operation",
      { ...withAttributes({ "gen_ai.request.model": undefined }), name: "chat" },
    ],
    ["content that was asked for", withAttributes({ "gen_ai.input.messages": messages }), { content: true }],
    ["content as a structure", withAttributes({ "gen_ai.input.messages": JSON.parse(messages) }), { content: true }],
    [
      "usage that the provider did not send",
      withAttributes({ "gen_ai.usage.output_tokens": undefined }),
      {
        unavailable: new Set(["gen_ai.usage.output_tokens"]),
      },
    ],
    [
      "an operation of our own",
      { ...withAttributes({ "gen_ai.operation.name": "moderation" }), name: "moderation" },
      {
        ownOperations: ["moderation"],
      },
    ],
    [
      "a prompt variable, named by a template",
      withAttributes({ "gen_ai.prompt.variable.city": "Rome" }),
      { content: true },
    ],
  ])("has no violation: %s", (_, span, options) => {
    expect(liveCheck(span, options)).toEqual([]);
  });
});

describe("a span that does not follow the conventions", () => {
  it.each<[Policy, string, CheckedSpan, LiveCheckOptions?]>([
    ["genai_operation_name_unknown", "chatting", { ...withAttributes({ "gen_ai.operation.name": "chatting" }) }],
    ["genai_span_name_format", 'expected "chat gpt-5"', { ...chat, name: "openai.chat" }],
    ["genai_span_name_format", 'expected "execute_tool clock"', { ...tool, name: "execute_tool" }],
    ["genai_span_kind_unexpected", "SERVER", { ...chat, kind: SpanKind.SERVER }],
    ["genai_span_kind_unexpected", "CLIENT", { ...tool, kind: CLIENT }],
    [
      "genai_expected_attribute_missing",
      "gen_ai.operation.name",
      withAttributes({ "gen_ai.operation.name": undefined }),
    ],
    [
      "genai_expected_attribute_missing",
      "gen_ai.provider.name (required)",
      withAttributes({ "gen_ai.provider.name": undefined }),
    ],
    [
      "genai_expected_attribute_missing",
      "gen_ai.response.id (recommended)",
      withAttributes({ "gen_ai.response.id": undefined }),
    ],
    [
      "genai_expected_attribute_missing",
      "server.port (conditionally_required)",
      withAttributes({ "server.port": undefined }),
    ],
    ["genai_expected_attribute_missing", "time_to_first_chunk", withAttributes({ "gen_ai.request.stream": true })],
    ["genai_expected_attribute_missing", "gen_ai.request.seed", chat, { applicable: new Set(["gen_ai.request.seed"]) }],
    ["genai_expected_attribute_missing", "temperature", chat, { applicable: new Set(["gen_ai.request.temperature"]) }],
    ["genai_content_schema", "is not JSON", withAttributes({ "gen_ai.input.messages": "[{" }), { content: true }],
    [
      "genai_content_schema",
      "official schema",
      withAttributes({ "gen_ai.input.messages": '[{"role":"user"}]' }),
      { content: true },
    ],
    [
      "genai_content_schema",
      "our schema",
      withAttributes({
        "gen_ai.output.messages": '[{"role":"assistant","parts":[{"type":"text"}]}]',
      }),
      { content: true },
    ],
    [
      "genai_content_schema",
      "gen_ai.tool.definitions",
      withAttributes({ "gen_ai.tool.definitions": '[{"type":"function"}]' }),
      { content: true },
    ],
    ["span_status_ok_set_by_instrumentation", "UNSET", { ...chat, status: { code: OK } }],
    ["error_type_missing_on_error", "without an error.type", withAttributes({ "error.type": undefined }, failed)],
    ["error_type_without_error_status", "timeout", withAttributes({ "error.type": "timeout" })],
    ["genai_attribute_unknown", "gen_ai.system", withAttributes({ "gen_ai.system": "openai" })],
    ["genai_attribute_type", "expected int", withAttributes({ "gen_ai.usage.input_tokens": "11" })],
    ["genai_attribute_type", "expected int", withAttributes({ "gen_ai.request.max_tokens": 1.5 })],
    ["genai_attribute_type", "expected string[]", withAttributes({ "gen_ai.response.finish_reasons": "stop" })],
    ["genai_content_present_when_off", "gen_ai.input.messages", withAttributes({ "gen_ai.input.messages": messages })],
    ["genai_content_present_when_off", "genspan.raw.request", withAttributes({ "genspan.raw.request": "{}" })],
    [
      "genai_content_present_when_off",
      "gen_ai.output.messages",
      { ...chat, events: [{ attributes: { "gen_ai.output.messages": messages } }] },
    ],
  ])("violates %s: %s", (policy, message, span, options) => {
    expect(liveCheck(span, options)).toEqual([{ policy, message: expect.stringContaining(message) }]);
  });
});
