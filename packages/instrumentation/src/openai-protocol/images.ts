import type { MessagePart } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, ChunkFold, MethodAdapter } from "../adapter.ts";
import { isRecord, list, record, text } from "../engine/read.ts";
import { putChoiceCount } from "../engine/rules.ts";
import { promptMessages } from "./text-messages.ts";
import { putUsage } from "./usage.ts";

/**
 * https://platform.openai.com/docs/api-reference/images
 * The conventions have no operation for images, and their list is open: each method has a verb and its object, in the
 * manner of `generate_content`, so that no reader takes an image for a chat.
 * Uploaded images are not read: that would take them away from the request.
 */
const images = {
  request: imagesRequest,
  input: (body: Body) => ({ messages: promptMessages(body["prompt"]) }),
  response: imagesResponse,
  output: (response: unknown) => {
    const parts = list(record(response)["data"]).flatMap(imageParts);
    return parts.length > 0 ? [{ role: "assistant", parts }] : [];
  },
  stream: () => new ImageFold(),
} as const;

export const generateImage: MethodAdapter = { ...images, operation: "generate_image", path: "/images/generations" };
export const editImage: MethodAdapter = { ...images, operation: "edit_image", path: "/images/edits" };
export const varyImage: MethodAdapter = { ...images, operation: "vary_image", path: "/images/variations" };

function imagesRequest(body: Body): Attributes {
  const attributes: Attributes = { [semconv.ATTR_GEN_AI_OUTPUT_TYPE]: semconv.GEN_AI_OUTPUT_TYPE_VALUE_IMAGE };
  putChoiceCount(attributes, body["n"]);
  return attributes;
}

function imagesResponse(response: unknown): Attributes {
  const attributes: Attributes = {};
  putUsage(attributes, record(response)["usage"]);
  return attributes;
}

function imageParts(image: unknown): MessagePart[] {
  const { b64_json, url, revised_prompt } = record(image);
  const parts: MessagePart[] = [];
  const revised = text(revised_prompt);
  const bytes = text(b64_json);
  const address = text(url);
  if (revised !== undefined) parts.push({ type: "text", content: revised });
  if (bytes !== undefined) parts.push({ type: "blob", modality: "image", content: bytes });
  else if (address !== undefined) parts.push({ type: "uri", modality: "image", uri: address });
  return parts;
}

/** Partial images are previews; the completed event has image and usage. */
class ImageFold implements ChunkFold {
  readonly #completed: Readonly<Record<string, unknown>>[] = [];

  add(event: unknown): void {
    if (isRecord(event) && String(event["type"]).endsWith(".completed")) this.#completed.push(event);
  }

  response(): unknown {
    return { data: this.#completed, usage: this.#completed.at(-1)?.["usage"] };
  }
}
