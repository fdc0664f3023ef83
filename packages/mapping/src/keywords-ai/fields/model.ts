import { z } from "zod";
import type { ChatTool } from "../../formats/chat-completion.ts";
import { type JsonObject, jsonObject, type Shape } from "./shape.ts";

export type ToolChoice =
  | "none"
  | "auto"
  | "required"
  | { readonly type: string; readonly function?: { readonly name: string } };

/** The model that answered and the parameters of the request. */
export interface ModelFields {
  /** Required by the newest documentation; empty for spans that call no model. */
  readonly model: string;
  readonly provider_id?: string;
  readonly temperature?: number;
  readonly top_p?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly frequency_penalty?: number;
  readonly presence_penalty?: number;
  readonly n?: number;
  readonly stop?: string | readonly string[];
  readonly stream?: boolean;
  readonly stream_options?: JsonObject;
  readonly tools?: readonly ChatTool[];
  readonly tool_choice?: ToolChoice;
  readonly parallel_tool_calls?: boolean;
  /** `{ "type": "text" | "json_object" | "json_schema" }` and the schema. */
  readonly response_format?: JsonObject;
  readonly reasoning_effort?: string;
  readonly logprobs?: boolean;
  readonly top_logprobs?: number;
  readonly logit_bias?: Readonly<Record<string, number>>;
  readonly echo?: boolean;
  /** Seconds. */
  readonly timeout?: number;
  /** Embeddings. */
  readonly encoding_format?: string;
  /** Embeddings. */
  readonly dimensions?: number;
  /** OpenAI's parameter of that name. */
  readonly user?: string;
}

const tool: z.ZodType<ChatTool> = z.object({
  type: z.literal("function"),
  function: z.object({
    name: z.string(),
    description: z.string().exactOptional(),
    parameters: jsonObject.exactOptional(),
  }),
});

const toolChoice: z.ZodType<ToolChoice> = z.union([
  z.enum(["none", "auto", "required"]),
  z.object({ type: z.string(), function: z.object({ name: z.string() }).exactOptional() }),
]);

export const modelShape: Shape<ModelFields> = {
  model: z.string(),
  provider_id: z.string().exactOptional(),
  temperature: z.number().exactOptional(),
  top_p: z.number().exactOptional(),
  max_tokens: z.number().exactOptional(),
  max_completion_tokens: z.number().exactOptional(),
  frequency_penalty: z.number().exactOptional(),
  presence_penalty: z.number().exactOptional(),
  n: z.number().exactOptional(),
  stop: z.union([z.string(), z.array(z.string())]).exactOptional(),
  stream: z.boolean().exactOptional(),
  stream_options: jsonObject.exactOptional(),
  tools: z.array(tool).exactOptional(),
  tool_choice: toolChoice.exactOptional(),
  parallel_tool_calls: z.boolean().exactOptional(),
  response_format: jsonObject.exactOptional(),
  reasoning_effort: z.string().exactOptional(),
  logprobs: z.boolean().exactOptional(),
  top_logprobs: z.number().exactOptional(),
  logit_bias: z.record(z.string(), z.number()).exactOptional(),
  echo: z.boolean().exactOptional(),
  timeout: z.number().exactOptional(),
  encoding_format: z.string().exactOptional(),
  dimensions: z.number().exactOptional(),
  user: z.string().exactOptional(),
};
