import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, Failure, MethodAdapter } from "../adapter.ts";
import { isRecord, putInteger, putText, record, text } from "../engine/read.ts";
import { promptMessages } from "./text-messages.ts";

/**
 * https://platform.openai.com/docs/api-reference/videos, https://docs.together.ai/reference/create-videos: the answer is a
 * job to wait for. Operations are named as those of images are. Uploaded media are not read, as they are there.
 */
const videos = {
  isOptional: true,
  request: videosRequest,
  input: (body: Body) => ({ messages: promptMessages(body["prompt"]) }),
  response: videosResponse,
  output: videosOutput,
  failure: videosFailure,
} as const;

export const generateVideo: MethodAdapter = { ...videos, operation: "generate_video", path: "/videos" };
export const editVideo: MethodAdapter = { ...videos, operation: "edit_video", path: "/videos/edits" };
export const extendVideo: MethodAdapter = { ...videos, operation: "extend_video", path: "/videos/extensions" };

/** `remix(video, body)`. */
export const remixVideo: MethodAdapter = {
  ...videos,
  operation: "remix_video",
  path: ({ video_id }) => `/videos/${encodeURIComponent(text(video_id) ?? "")}/remix`,
  body: ([id, body]) => ({ ...record(body), video_id: id }),
};

function videosRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, body["seed"]);
  return attributes;
}

function videosResponse(response: unknown): Attributes {
  const { id, model } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_ID, id);
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  return attributes;
}

/** Together says where the video is, where the job is done at once. */
function videosOutput(response: unknown): OutputMessage[] {
  const uri = text(record(record(response)["outputs"])["video_url"]);
  return uri === undefined ? [] : [{ role: "assistant", parts: [{ type: "uri", modality: "video", uri }] }];
}

function videosFailure(response: unknown): Failure | undefined {
  const { status, error } = record(response);
  if (status !== "failed" || !isRecord(error)) return undefined;
  return { type: text(error["code"]) ?? semconv.ERROR_TYPE_VALUE__OTHER, message: text(error["message"]) };
}
