import * as semconv from "@genspan/semconv";
import { chatInput, chatOutput, chatRequest, chatResponse, chatStream } from "../../cohere/chat.ts";
import { rerank as rerankMethod } from "../../cohere/rerank.ts";
import type { BodyFormat } from "./body-format.ts";

/**
 * Command R speaks version 1 of Cohere's chat (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command-r-plus.html),
 * without `meta`: its tokens are counted in the stream's metrics only.
 */
export const commandR: BodyFormat = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  fits: (body) => typeof body["message"] === "string",
  request: chatRequest,
  input: chatInput,
  response: chatResponse,
  output: chatOutput,
  stream: chatStream,
};

/** Cohere Rerank and Amazon Rerank: https://docs.aws.amazon.com/bedrock/latest/userguide/rerank-supported.html */
export const rerank: BodyFormat = {
  operation: rerankMethod.operation,
  fits: (body) => typeof body["query"] === "string" && Array.isArray(body["documents"]),
  request: rerankMethod.request,
  ...(rerankMethod.input && { input: rerankMethod.input }),
  response: rerankMethod.response,
};
