/**
 * Zod schemas of the message model. They are stricter than the official JSON Schemas, whose open generic part also
 * accepts `{ type: "text" }` without content: a part of a known type must have that type's shape here.
 */
import { z } from "zod";
import type {
  GenericPart,
  InputMessage,
  KnownPart,
  MessagePart,
  OutputMessage,
  SystemInstructions,
  ToolDefinition,
} from "./message-types.ts";

const nullableText = z.string().nullable().exactOptional();
const modality = z.string();

const knownParts = {
  text: z.looseObject({ type: z.literal("text"), content: z.string() }),
  reasoning: z.looseObject({ type: z.literal("reasoning"), content: z.string() }),
  compaction: z.looseObject({ type: z.literal("compaction"), id: nullableText, content: nullableText }),
  tool_call: z.looseObject({
    type: z.literal("tool_call"),
    id: nullableText,
    name: z.string(),
    arguments: z.unknown().optional(),
  }),
  tool_call_response: z.looseObject({
    type: z.literal("tool_call_response"),
    id: nullableText,
    response: z.unknown().refine((value) => value !== undefined, { error: "response is missing" }),
  }),
  server_tool_call: z.looseObject({
    type: z.literal("server_tool_call"),
    id: nullableText,
    name: z.string(),
    server_tool_call: z.looseObject({ type: z.string() }),
  }),
  server_tool_call_response: z.looseObject({
    type: z.literal("server_tool_call_response"),
    id: nullableText,
    server_tool_call_response: z.looseObject({ type: z.string() }),
  }),
  blob: z.looseObject({ type: z.literal("blob"), mime_type: nullableText, modality, content: z.string() }),
  file: z.looseObject({ type: z.literal("file"), mime_type: nullableText, modality, file_id: z.string() }),
  uri: z.looseObject({ type: z.literal("uri"), mime_type: nullableText, modality, uri: z.string() }),
} as const;

const genericPart: z.ZodType<GenericPart> = z
  .looseObject({ type: z.string() })
  .refine((part) => !Object.hasOwn(knownParts, part.type), {
    error: "a part of a known type lacks that type's fields",
  });

const knownPart: z.ZodType<KnownPart> = z.discriminatedUnion("type", [
  knownParts.text,
  knownParts.reasoning,
  knownParts.compaction,
  knownParts.tool_call,
  knownParts.tool_call_response,
  knownParts.server_tool_call,
  knownParts.server_tool_call_response,
  knownParts.blob,
  knownParts.file,
  knownParts.uri,
]) as z.ZodType<KnownPart>; // `modality` and the optional fields are typed more narrowly by hand

export const messagePartSchema: z.ZodType<MessagePart> = z.union([knownPart, genericPart]);

const inputMessage: z.ZodType<InputMessage> = z.looseObject({
  role: z.string().min(1),
  parts: z.array(messagePartSchema),
  name: nullableText,
});

const outputMessage: z.ZodType<OutputMessage> = z.looseObject({
  role: z.string().min(1),
  parts: z.array(messagePartSchema),
  name: nullableText,
  finish_reason: nullableText,
});

/** `gen_ai.input.messages`. */
export const inputMessagesSchema: z.ZodType<InputMessage[]> = z.array(inputMessage);

/** `gen_ai.output.messages`: one message for each choice. */
export const outputMessagesSchema: z.ZodType<OutputMessage[]> = z.array(outputMessage);

/** `gen_ai.system_instructions`: text parts, or parts of unknown types. */
export const systemInstructionsSchema: z.ZodType<SystemInstructions> = z.array(z.union([knownParts.text, genericPart]));

/** `gen_ai.tool.definitions`. */
export const toolDefinitionsSchema: z.ZodType<ToolDefinition[]> = z.array(
  z.looseObject({ type: z.string(), name: z.string(), description: nullableText, parameters: z.unknown().optional() }),
);
