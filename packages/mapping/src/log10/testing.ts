import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { type MapResult, mapSpan } from "../map-span.ts";
import { mapAll, spansIn, testdataBeside, validRecord } from "../testing.ts";
import { log10 } from "./index.ts";
import type { Completion } from "./schema.ts";

/** Helpers of this folder's tests. Every record that they hand out was taken by both oracles below. */

export const readJson: (name: string) => unknown = testdataBeside(import.meta.url);

/** The vendor's own JSON Schema. */
const documented = readJson("documented.schema.json") as {
  properties: { stacktrace: { items: { properties: object } } };
};
export const documentedFields: readonly string[] = Object.keys(documented.properties);
export const documentedFrameFields: readonly string[] = Object.keys(documented.properties.stacktrace.items.properties);
const isDocumented: (record: unknown) => boolean = new Ajv2020().compile(documented);

export const options = { organizationId: "org_1" };

type Fields = Parameters<typeof spanOf>[0];

/** The completion of one chat span that stands alone in its trace. Fails where it is not valid. */
export function mapped(fields: Fields = {}, given: object = options): Completion {
  const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-4o-mini", ...fields?.attributes };
  return recordOf(mapSpan(log10.configure(given), new GenAISpan(spanOf({ ...fields, attributes }))));
}

/** The completions of the golden trace, in order of start time. */
export function golden(given: object = options): readonly Completion[] {
  return mapAll(log10.configure(given), spansIn(readJson("agent-trace.span.json"))).map(recordOf);
}

export function recordOf(result: MapResult): Completion {
  const made = validRecord(result);
  const record: unknown = JSON.parse(JSON.stringify(made)); // as it goes over the wire
  if (!isDocumented(record)) throw new Error("not as the vendor's schema has it");
  clientSchema.parse(record);
  return made as Completion; // made by this vendor, and valid by its schema
}

const text = z.string();
const role = z.enum(["system", "user", "assistant", "tool", "function"]);
const part = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text }),
  z.strictObject({ type: z.literal("image_url"), image_url: z.strictObject({ url: text }) }),
  z.strictObject({ type: z.literal("input_audio"), input_audio: z.strictObject({ data: text, format: text }) }),
  z.strictObject({ type: z.literal("file"), file: z.strictObject({ file_id: text, file_data: text }).partial() }),
]);
const call = z.strictObject({
  id: text,
  type: z.literal("function"),
  function: z.strictObject({ name: text, arguments: text }),
});
const message = z
  .strictObject({
    role,
    content: z.union([text, z.null(), z.array(part)]),
    name: text.optional(),
    tool_calls: z.array(call).nonempty().optional(),
    tool_call_id: text.optional(),
  })
  .refine(({ role, tool_call_id }) => (role === "tool") === (tool_call_id !== undefined), "tool_call_id")
  .refine(({ role, name }) => role !== "function" || name !== undefined, "name")
  .refine(({ content, tool_calls }) => content !== null || tool_calls !== undefined, "null content without calls");

/**
 * What the vendor's TypeScript client (log10ts, zod models of December 2024) accepts of a completion, written down from
 * trials with it and apart from our own schema: that client is not to be had from a registry.
 */
export const clientSchema: z.ZodType = z.strictObject({
  id: z.uuidv4(),
  organization_id: text.min(1),
  kind: z.enum(["chat", "prompt"]),
  status: z.enum(["started", "finished", "failed"]),
  tags: z.array(text).optional(),
  request: z
    .strictObject({
      model: text.optional(),
      messages: z.array(message),
      temperature: z.number().optional(),
      top_p: z.number().optional(),
      max_tokens: z.int().optional(),
      stop: z.array(text).nonempty().optional(),
      frequency_penalty: z.number().optional(),
      presence_penalty: z.number().optional(),
      seed: z.int().optional(),
      n: z.int().optional(),
      stream: z.boolean().optional(),
      tools: z
        .array(
          z.strictObject({
            type: z.literal("function"),
            function: z.strictObject({
              name: text,
              description: text.optional(),
              parameters: z.record(z.string(), z.unknown()).optional(),
            }),
          }),
        )
        .optional(),
      response_format: z.strictObject({ type: z.enum(["text", "json_object"]) }).optional(),
    })
    .optional(),
  response: z
    .strictObject({
      id: text,
      object: z.literal("chat.completion"),
      created: z.int(),
      model: text,
      choices: z.array(
        z.strictObject({
          index: z.int(),
          finish_reason: z.enum(["stop", "length", "tool_calls", "content_filter", "function_call"]),
          logprobs: z.null(), // must be there
          message: message.refine((answer) => answer.role === "assistant" && !Array.isArray(answer.content)),
        }),
      ),
      usage: z.strictObject({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }).optional(),
      system_fingerprint: text.optional(), // not null
    })
    .optional(),
  stacktrace: z.array(z.strictObject({ file: text, line: text, lineno: z.number(), name: text })).optional(),
  session_id: text.optional(),
  duration: z.number(),
  failure_kind: text.optional(),
  failure_reason: text.optional(),
});
