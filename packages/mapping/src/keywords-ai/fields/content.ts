import { z } from "zod";
import type { ChatMessage, ChatToolCall } from "../../formats/chat-message.ts";
import { type JsonObject, jsonObject, type Shape } from "./shape.ts";

/** A chat message whose content is never null: the vendor's SDK refuses null. */
export type LogMessage = Omit<ChatMessage, "content"> & {
  readonly content: Exclude<ChatMessage["content"], null>;
};

/** What went in and came out. */
export interface ContentFields {
  /** Any structure as JSON text; plain text for completions and for a single embedding. */
  readonly input?: string;
  /** Any structure as JSON text. */
  readonly output?: string;
  readonly prompt_messages?: readonly LogMessage[];
  readonly completion_message?: LogMessage;
  /** Where more than one choice was asked for. */
  readonly completion_messages?: readonly LogMessage[];
  /** The request as it was sent to the provider. */
  readonly full_request?: JsonObject | readonly unknown[];
  readonly full_response?: JsonObject | readonly unknown[];
  readonly tool_calls?: readonly ChatToolCall[];
  readonly reasoning?: readonly JsonObject[];
  readonly ideal_output?: string;
  /** Values for the `{{}}` placeholders of a prompt. */
  readonly variables?: JsonObject;
  readonly prompt?: string | JsonObject;
  readonly prompt_id?: string;
  readonly prompt_name?: string;
  readonly is_custom_prompt?: boolean;
  /** The provider's id of the response. */
  readonly response_id?: string;
  /** The request's name of `prompt_messages`. */
  readonly messages?: readonly LogMessage[];
  /** First vector of an embedding. */
  readonly embedding?: readonly number[];
  /** URL of a file. */
  readonly audio_input_file?: string;
  /** URL of a file. */
  readonly audio_output_file?: string;
}

const toolCall: z.ZodType<ChatToolCall> = z.object({
  id: z.string(),
  type: z.literal("function"),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

const contentPart: z.ZodType<Exclude<ChatMessage["content"], null | string>[number]> = z.union([
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) }),
  z.object({ type: z.literal("input_audio"), input_audio: z.object({ data: z.string(), format: z.string() }) }),
  z.object({
    type: z.literal("file"),
    file: z.object({ file_id: z.string().exactOptional(), file_data: z.string().exactOptional() }),
  }),
]);

const message: z.ZodType<LogMessage> = z.object({
  role: z.enum(["system", "user", "assistant", "tool", "function"]),
  content: z.union([z.string(), z.array(contentPart)]),
  name: z.string().exactOptional(),
  tool_calls: z.array(toolCall).exactOptional(),
  tool_call_id: z.string().exactOptional(),
  refusal: z.string().exactOptional(),
});

const body = z.union([jsonObject, z.array(z.unknown())]);

export const contentShape: Shape<ContentFields> = {
  input: z.string().exactOptional(),
  output: z.string().exactOptional(),
  prompt_messages: z.array(message).exactOptional(),
  completion_message: message.exactOptional(),
  completion_messages: z.array(message).exactOptional(),
  full_request: body.exactOptional(),
  full_response: body.exactOptional(),
  tool_calls: z.array(toolCall).exactOptional(),
  reasoning: z.array(jsonObject).exactOptional(),
  ideal_output: z.string().exactOptional(),
  variables: jsonObject.exactOptional(),
  prompt: z.union([z.string(), jsonObject]).exactOptional(),
  prompt_id: z.string().exactOptional(),
  prompt_name: z.string().exactOptional(),
  is_custom_prompt: z.boolean().exactOptional(),
  response_id: z.string().exactOptional(),
  messages: z.array(message).exactOptional(),
  embedding: z.array(z.number()).exactOptional(),
  audio_input_file: z.string().exactOptional(),
  audio_output_file: z.string().exactOptional(),
};
