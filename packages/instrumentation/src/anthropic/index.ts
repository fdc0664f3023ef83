import { GEN_AI_OPERATION_NAME_VALUE_CHAT, GEN_AI_PROVIDER_NAME_VALUE_ANTHROPIC } from "@genspan/semconv";
import type { ClientAdapter, MethodAdapter } from "../adapter.ts";
import { claudeInput, claudeOutput, claudeRequest, claudeResponse } from "../anthropic-protocol/messages.ts";
import { claudeStream } from "../anthropic-protocol/stream.ts";
import { stainlessClient, stainlessEntryFiles } from "../openai-protocol/client.ts";
import { providerOfHost } from "../openai-protocol/provider.ts";
import { createBatch } from "./batches.ts";
import { completions } from "./completions.ts";
import { withoutTheirSpan } from "./native-telemetry.ts";

const messages: MethodAdapter = {
  operation: GEN_AI_OPERATION_NAME_VALUE_CHAT,
  path: "/v1/messages",
  request: claudeRequest,
  input: claudeInput,
  response: claudeResponse,
  output: claudeOutput,
  stream: claudeStream,
};

/** Starts a span of the library's own before it calls `create`. */
const streamHelper: MethodAdapter = { ...messages, isHelper: true };

/**
 * https://github.com/anthropics/anthropic-sdk-typescript. `parse`, `stream` and the tool runner call `create`: one span a
 * model call. Counting tokens is no model call.
 */
export const anthropic: ClientAdapter = {
  module: "@anthropic-ai/sdk",
  supportedVersions: [{ from: "0.137.0", to: "1" }],
  clientClasses: ["Anthropic"],
  entryFiles: stainlessEntryFiles("Anthropic"),
  bundleMarkers: ["ANTHROPIC_WEBHOOK_SIGNING_KEY"],
  methods: {
    "Messages.create": messages,
    "Beta.Messages.create": messages,
    "Messages.stream": streamHelper,
    "Beta.Messages.stream": streamHelper,
    "Messages.Batches.create": createBatch,
    "Beta.Messages.Batches.create": createBatch,
    "Completions.create": completions,
  },
  untraced: {
    "beta.sessions.create": "an agent works at the provider's; its turns come as events",
    "beta.sessions.events.send": "an agent works at the provider's; its turns come as events",
    "beta.deployments.run": "an agent works at the provider's; its turns come as events",
    "beta.dreams.create": "a job; the answers come later, by other calls",
  },
  ...stainlessClient("AnthropicError"),
  provider: (_client, host) => providerOfHost(host, GEN_AI_PROVIDER_NAME_VALUE_ANTHROPIC),
  requestIdHeader: "request-id",
  withoutNativeTelemetry: withoutTheirSpan,
};
