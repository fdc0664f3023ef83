import { GEN_AI_OPERATION_NAME_VALUE_CHAT } from "@genspan/semconv";
import { claudeInput, claudeOutput, claudeRequest, claudeResponse } from "../../anthropic-protocol/messages.ts";
import { claudeStream } from "../../anthropic-protocol/stream.ts";
import type { BodyFormat } from "./body-format.ts";

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html */
export const claude: BodyFormat = {
  operation: GEN_AI_OPERATION_NAME_VALUE_CHAT,
  fits: (body, model) => "messages" in body && ("anthropic_version" in body || model.includes("anthropic.")),
  request: claudeRequest,
  input: claudeInput,
  response: claudeResponse,
  output: claudeOutput,
  stream: claudeStream,
  contentChunk: '{"type":"content_block_delta",',
};
