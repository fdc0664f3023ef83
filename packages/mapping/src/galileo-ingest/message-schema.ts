import { z } from "zod";

/**
 * What spans carry: messages, documents, and events within a call of a model. Source: galileo-python openapi.yaml
 * (2026-07-30) and npm galileo-generated 0.2.14, which agree here; read 2026-11-21.
 */

export interface Message {
  readonly role: MessageRole;
  /** Never null. */
  readonly content: string | readonly ContentPart[];
  readonly tool_call_id?: string | null;
  readonly tool_calls?: readonly ToolCall[] | null;
}

const MESSAGE_ROLES = ["agent", "assistant", "developer", "function", "system", "tool", "user"] as const;
export type MessageRole = (typeof MESSAGE_ROLES)[number];

export interface ToolCall {
  readonly id: string;
  /** `arguments` is JSON text. */
  readonly function: { readonly name: string; readonly arguments: string };
}

/** `file_id` names a file that was uploaded to Galileo. */
export type ContentPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "file"; readonly file_id: string };

export interface Document {
  readonly content: string;
  readonly metadata?: Readonly<Record<string, boolean | string | number>>;
}

interface EventFields {
  readonly id?: string | null;
  readonly status?: "in_progress" | "completed" | "failed" | "cancelled" | "incomplete" | null;
  readonly metadata?: JsonObject | null;
  readonly error_message?: string | null;
}
type JsonObject = Readonly<Record<string, unknown>>;

/** A step of the model within one call, in the order in which the provider reports them. */
export type LlmEvent = EventFields &
  (
    | {
        readonly type: "message";
        readonly role: MessageRole;
        readonly content?: string | null;
        readonly content_parts?: readonly JsonObject[] | null;
      }
    | {
        readonly type: "reasoning";
        readonly content?: string | null;
        readonly summary?: string | readonly JsonObject[] | null;
      }
    | {
        readonly type: "internal_tool_call";
        readonly name: string;
        readonly input?: JsonObject | null;
        readonly output?: JsonObject | null;
      }
    | {
        readonly type: "web_search_call";
        readonly action: { readonly type: "search"; readonly query?: string | null; readonly sources?: unknown };
      }
    | {
        readonly type: "mcp_call";
        readonly tool_name?: string | null;
        readonly server_name?: string | null;
        readonly arguments?: JsonObject | null;
        readonly result?: JsonObject | null;
      }
  );

const text = z.string();
const maybeText = text.nullable().exactOptional();
const object = z.record(text, z.unknown());
const maybeObject = object.nullable().exactOptional();
const maybeObjects = z.array(object).nullable().exactOptional();

export const messageSchema: z.ZodType<Message> = z.strictObject({
  role: z.enum(MESSAGE_ROLES),
  content: z.union([
    text,
    z.array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("text"), text }),
        z.strictObject({ type: z.literal("file"), file_id: text }),
      ]),
    ),
  ]),
  tool_call_id: maybeText,
  tool_calls: z
    .array(z.strictObject({ id: text, function: z.strictObject({ name: text, arguments: text }) }))
    .nullable()
    .exactOptional(),
});

export const documentSchema: z.ZodType<Document> = z.strictObject({
  content: text,
  metadata: z.record(text, z.union([z.boolean(), text, z.number()])).exactOptional(),
});

const eventFields = {
  id: maybeText,
  status: z.enum(["in_progress", "completed", "failed", "cancelled", "incomplete"]).nullable().exactOptional(),
  metadata: maybeObject,
  error_message: maybeText,
};

/** Galileo knows three more types of event, which no span tells of: `image_generation` and two of MCP. */
export const eventSchema: z.ZodType<LlmEvent> = z.discriminatedUnion("type", [
  z.strictObject({
    ...eventFields,
    type: z.literal("message"),
    role: z.enum(MESSAGE_ROLES),
    content: maybeText,
    content_parts: maybeObjects,
  }),
  z.strictObject({
    ...eventFields,
    type: z.literal("reasoning"),
    content: maybeText,
    summary: z
      .union([text, z.array(object)])
      .nullable()
      .exactOptional(),
  }),
  z.strictObject({
    ...eventFields,
    type: z.literal("internal_tool_call"),
    name: text,
    input: maybeObject,
    output: maybeObject,
  }),
  z.strictObject({
    ...eventFields,
    type: z.literal("web_search_call"),
    action: z.strictObject({
      type: z.literal("search"),
      query: maybeText,
      sources: z.unknown().exactOptional(),
    }),
  }),
  z.strictObject({
    ...eventFields,
    type: z.literal("mcp_call"),
    tool_name: maybeText,
    server_name: maybeText,
    arguments: maybeObject,
    result: maybeObject,
  }),
]);
