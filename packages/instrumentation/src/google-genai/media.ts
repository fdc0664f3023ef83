import type { MessagePart, Modality, OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, Failure, InputContent } from "../adapter.ts";
import { isRecord, list, putInteger, record, text } from "../engine/read.ts";
import { putChoiceCount } from "../engine/rules.ts";

/** Imagen (https://ai.google.dev/api/models#method:-models.predict) and Veo, which answers with an operation to wait for. */

export function imagesRequest(body: Body): Attributes {
  const { numberOfImages, seed } = record(body["config"]);
  const attributes: Attributes = { [semconv.ATTR_GEN_AI_OUTPUT_TYPE]: semconv.GEN_AI_OUTPUT_TYPE_VALUE_IMAGE };
  putChoiceCount(attributes, numberOfImages);
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, seed);
  return attributes;
}

export function imagesInput(body: Body): InputContent {
  const references = list(body["referenceImages"]).map((reference) => record(reference)["referenceImage"]);
  return { messages: userMessages(body["prompt"], [["image", body["image"]], ...references.map(asImage)]) };
}

const asImage = (image: unknown): MediaGiven => ["image", image];

export function imagesOutput(value: unknown): OutputMessage[] {
  const images = list(record(value)["generatedImages"]).filter(isRecord);
  const parts = images.flatMap(({ image, enhancedPrompt }): MessagePart[] => {
    const enhanced = text(enhancedPrompt);
    const said: MessagePart[] = enhanced === undefined ? [] : [{ type: "text", content: enhanced }];
    return [...said, ...mediaParts("image", image)];
  });
  return parts.length > 0 ? [{ role: "assistant", parts }] : [];
}

export function videosRequest(body: Body): Attributes {
  const { numberOfVideos, seed } = record(body["config"]);
  const attributes: Attributes = {};
  putChoiceCount(attributes, numberOfVideos);
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, seed);
  return attributes;
}

export function videosInput(body: Body): InputContent {
  const { prompt, image, video } = isRecord(body["source"]) ? body["source"] : body;
  return {
    messages: userMessages(prompt, [
      ["image", image],
      ["video", video],
    ]),
  };
}

export function videosOutput(value: unknown): OutputMessage[] {
  const videos = list(record(record(value)["response"])["generatedVideos"]);
  const parts = videos.flatMap((generated) => mediaParts("video", record(generated)["video"]));
  return parts.length > 0 ? [{ role: "assistant", parts }] : [];
}

/** An operation that failed at once: `{ error: { code: 3, message } }`. */
export function videosFailure(value: unknown): Failure | undefined {
  const { error } = record(value);
  if (!isRecord(error)) return undefined;
  return { type: text(error["status"]) ?? "operation_failed", message: text(error["message"]) };
}

type MediaGiven = readonly [modality: Modality, media: unknown];

function userMessages(prompt: unknown, media: readonly MediaGiven[]): InputContent["messages"] {
  const said = text(prompt);
  const parts: MessagePart[] = said === undefined ? [] : [{ type: "text", content: said }];
  parts.push(...media.flatMap(([modality, given]) => mediaParts(modality, given)));
  return parts.length > 0 ? [{ role: "user", parts }] : [];
}

/** An `Image` or a `Video`: bytes as base64, or where they are kept. */
function mediaParts(modality: Modality, media: unknown): MessagePart[] {
  const { imageBytes, videoBytes, gcsUri, uri, mimeType } = record(media);
  const mime = text(mimeType);
  const known = { modality, ...(mime !== undefined && { mime_type: mime }) };
  const content = text(imageBytes ?? videoBytes);
  if (content !== undefined) return [{ type: "blob", ...known, content }];
  const address = text(gcsUri ?? uri);
  return address === undefined ? [] : [{ type: "uri", ...known, uri: address }];
}
