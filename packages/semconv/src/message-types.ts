/**
 * The message model of the GenAI conventions (`gen_ai.input.messages`, `gen_ai.output.messages`,
 * `gen_ai.system_instructions`, `gen_ai.tool.definitions`). Types only; the schemas are in `messages.ts`.
 */

export type Modality = "image" | "video" | "audio" | "document" | (string & {});

export interface TextPart {
  readonly type: "text";
  readonly content: string;
}
export interface ReasoningPart {
  readonly type: "reasoning";
  readonly content: string;
}
export interface CompactionPart {
  readonly type: "compaction";
  readonly id?: string | null;
  readonly content?: string | null;
}
export interface ToolCallPart {
  readonly type: "tool_call";
  readonly id?: string | null;
  readonly name: string;
  /** The arguments as a value; text only where the model's JSON could not be parsed. */
  readonly arguments?: unknown;
}
export interface ToolCallResponsePart {
  readonly type: "tool_call_response";
  readonly id?: string | null;
  readonly response: unknown;
}
export interface ServerToolCallPart {
  readonly type: "server_tool_call";
  readonly id?: string | null;
  readonly name: string;
  readonly server_tool_call: { readonly type: string; readonly [key: string]: unknown };
}
export interface ServerToolCallResponsePart {
  readonly type: "server_tool_call_response";
  readonly id?: string | null;
  readonly server_tool_call_response: { readonly type: string; readonly [key: string]: unknown };
}
export interface BlobPart {
  readonly type: "blob";
  readonly mime_type?: string | null;
  readonly modality: Modality;
  /** Base64. */
  readonly content: string;
}
export interface FilePart {
  readonly type: "file";
  readonly mime_type?: string | null;
  readonly modality: Modality;
  readonly file_id: string;
}
export interface UriPart {
  readonly type: "uri";
  readonly mime_type?: string | null;
  readonly modality: Modality;
  readonly uri: string;
}
/** A part of a type that the conventions do not know. */
export interface GenericPart {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** The parts with a shape of their own; `type` tells them apart. */
export type KnownPart =
  | TextPart
  | ReasoningPart
  | CompactionPart
  | ToolCallPart
  | ToolCallResponsePart
  | ServerToolCallPart
  | ServerToolCallResponsePart
  | BlobPart
  | FilePart
  | UriPart;

export type MessagePart = KnownPart | GenericPart;

export type Role = "system" | "user" | "assistant" | "tool" | (string & {});

export interface InputMessage {
  readonly role: Role;
  readonly parts: readonly MessagePart[];
  readonly name?: string | null;
}

export type FinishReason = "stop" | "length" | "content_filter" | "tool_call" | "compaction" | "error" | (string & {});

export interface OutputMessage extends InputMessage {
  /** Deprecated by the conventions: `gen_ai.response.finish_reasons` is authoritative. Read, never written. */
  readonly finish_reason?: FinishReason | null;
}

export type SystemInstructions = readonly (TextPart | GenericPart)[];

export interface FunctionToolDefinition {
  readonly type: "function";
  readonly name: string;
  readonly description?: string | null;
  /** JSON Schema of the arguments. */
  readonly parameters?: unknown;
}
export interface GenericToolDefinition {
  readonly type: string;
  readonly name: string;
  readonly [key: string]: unknown;
}
export type ToolDefinition = FunctionToolDefinition | GenericToolDefinition;
