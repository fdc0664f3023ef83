/** https://docs.cohere.com/v1/reference/generate */

import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, ChunkFold, Failure, InputContent } from "../adapter.ts";
import { isRecord, list, place, putText, record, text } from "../engine/read.ts";
import { putChoiceCount } from "../engine/rules.ts";
import { field } from "./fields.ts";
import { brokenOff, finishReason } from "./finish-reason.ts";
import { samplingParameters } from "./parameters.ts";
import { putUsage } from "./usage.ts";

export function generateRequest(body: Body): Attributes {
  const attributes = samplingParameters(body);
  const generations = field(body, "numGenerations");
  putChoiceCount(attributes, generations);
  return attributes;
}

export function generateInput(body: Body): InputContent {
  const content = text(body["prompt"]);
  return { messages: content === undefined ? [] : [{ role: "user", parts: [{ type: "text", content }] }] };
}

export function generateResponse(response: unknown): Attributes {
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, field(response, "id"));
  const reasons = list(field(response, "generations")).map((generation) => field(generation, "finishReason"));
  if (reasons.some(Boolean)) attributes[semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = reasons.map(finishReason);
  putUsage(attributes, field(response, "meta"));
  return attributes;
}

export function generateOutput(response: unknown): OutputMessage[] {
  return list(field(response, "generations")).map((generation) => ({
    role: "assistant",
    parts: [{ type: "text", content: text(field(generation, "text")) ?? "" }],
  }));
}

/** `stream-error` is an event like any other for the client. */
export function generateFailure(response: unknown): Failure | undefined {
  const message = text(field(response, "error"));
  return message === undefined ? undefined : { type: semconv.ERROR_TYPE_VALUE__OTHER, message };
}

export function generateStream(content: boolean): ChunkFold {
  const texts: string[] = [];
  let end: Body | undefined;
  let error: unknown;
  return {
    add(event) {
      if (!isRecord(event)) return;
      const type = field(event, "eventType");
      if (type === "stream-end" || type === "stream-error") end = event;
      if (type === "stream-error") error = event["err"];
      const at = place(event["index"]);
      if (content && type === "text-generation") texts[at] = (texts[at] ?? "") + (text(event["text"]) ?? "");
    },
    response() {
      const whole = record(end?.["response"]);
      const reason = end === undefined ? brokenOff : (field(end, "finishReason") ?? brokenOff);
      const given = list(whole["generations"]).filter(isRecord);
      const count = Math.max(given.length, texts.length, 1);
      const generations = Array.from({ length: count }, (_, index) => ({
        text: given[index]?.["text"] ?? texts[index],
        finishReason: field(given[index], "finishReason") ?? reason,
      }));
      return { id: whole["id"], generations, meta: whole["meta"], error };
    },
  };
}
