import { z } from "zod";
import type { ChatCompletionRequest, ChatCompletionResponse } from "../formats/chat-completion.ts";

/**
 * A logged LLM completion of Log10.
 *
 * Source: the vendor's completion schema (log10.io/schemas/completion.json), read 2026-11-21. Request and response are
 * bodies of OpenAI's Chat Completions API; what the vendor's own client accepts of them is stricter than that schema,
 * and so is ours: `logprobs` present, four finish reasons, no `null` fingerprint, no `developer` role.
 */
export interface Completion {
  readonly id?: string;
  readonly organization_id: string;
  /** Optional in the documented schema, required by the vendor's client: always sent. */
  readonly kind: "chat" | "prompt";
  readonly status?: "started" | "finished" | "failed";
  readonly tags?: readonly string[];
  readonly request?: ChatCompletionRequest;
  readonly response?: ChatCompletionResponse;
  readonly stacktrace?: readonly Log10Frame[];
  readonly session_id?: string;
  /** Seconds as documented; milliseconds by option `durationUnit`. */
  readonly duration?: number;
  readonly failure_kind?: string;
  readonly failure_reason?: string;
}

export interface Log10Frame {
  readonly file: string;
  /** The source line's text. */
  readonly line: string;
  readonly lineno: number;
  readonly name: string;
}

/** Visible characters of ASCII, and spaces between them. */
export const HEADER_VALUE: RegExp = /^[!-~]+( +[!-~]+)*$/;

const count = z.int();
const role = z.enum(["system", "user", "assistant", "tool", "function"]);
const message = z.looseObject({
  role,
  content: z.union([z.string(), z.null(), z.array(z.looseObject({ type: z.string() }))]),
});

const request = z.looseObject({
  model: z.string().exactOptional(),
  messages: z.array(message),
  max_tokens: count.exactOptional(),
  n: count.exactOptional(),
  seed: count.exactOptional(),
  response_format: z.strictObject({ type: z.enum(["text", "json_object"]) }).exactOptional(),
});

const response = z.looseObject({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: count,
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: count,
      finish_reason: z.enum(["stop", "length", "tool_calls", "content_filter", "function_call"]),
      logprobs: z.null(),
      message: message.extend({ role: z.literal("assistant"), content: z.string().nullable() }),
    }),
  ),
  usage: z.looseObject({ prompt_tokens: count, completion_tokens: count, total_tokens: count }).exactOptional(),
  system_fingerprint: z.string().exactOptional(),
});

export const ORGANIZATION_ID: z.ZodString = z
  .string("is missing: set option `organizationId`, LOG10_ORGANIZATION_ID or the attribute `genspan.organization.id`")
  .regex(HEADER_VALUE, "must be plain text on one line: it is sent as a header too");

export const completionSchema: z.ZodType<Completion> = z.strictObject({
  id: z.uuidv4().exactOptional(),
  organization_id: ORGANIZATION_ID,
  kind: z.enum(["chat", "prompt"]),
  status: z.enum(["started", "finished", "failed"]).exactOptional(),
  tags: z.array(z.string()).exactOptional(),
  // The interfaces name the fields that we write; the loose schemas check those that the vendor is strict about.
  request: (request as unknown as z.ZodType<ChatCompletionRequest>).exactOptional(),
  response: (response as unknown as z.ZodType<ChatCompletionResponse>).exactOptional(),
  stacktrace: z
    .array(z.strictObject({ file: z.string(), line: z.string(), lineno: z.number(), name: z.string() }))
    .exactOptional(),
  session_id: z.string().exactOptional(),
  duration: z.number().min(0).exactOptional(),
  failure_kind: z.string().exactOptional(),
  failure_reason: z.string().exactOptional(),
});
