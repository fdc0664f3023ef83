/** Transcription and speech: https://docs.mistral.ai/api/endpoint/audio/transcriptions, .../audio/speech */

import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, ChunkFold, MethodAdapter } from "../adapter.ts";
import { putNumber, putText, record, text } from "../engine/read.ts";
import { streamed } from "../engine/streamed.ts";
import { promptMessages } from "../openai-protocol/text-messages.ts";
import { putUsage } from "./usage.ts";

const transcribe: MethodAdapter = {
  operation: "transcribe_audio",
  isOptional: true,
  path: "/v1/audio/transcriptions",
  request: transcriptionRequest,
  response: audioResponse,
  output: transcriptionOutput,
};

const speak: MethodAdapter = {
  operation: "generate_speech",
  isOptional: true,
  path: "/v1/audio/speech",
  request: () => ({ [semconv.ATTR_GEN_AI_OUTPUT_TYPE]: semconv.GEN_AI_OUTPUT_TYPE_VALUE_SPEECH }),
  input: (body) => ({ messages: promptMessages(body["input"]) }),
  response: audioResponse,
  output: speechOutput,
  stream: lastEvent,
};

export const audio: Readonly<Record<string, MethodAdapter>> = {
  "Audio.Transcriptions.complete": transcribe,
  "Audio.Transcriptions.stream": streamed(transcribe, lastEvent),
  "Audio.Speech.complete": speak,
};

/** The audio itself is not read: that would take it away from the request. */
function transcriptionRequest(body: Body): Attributes {
  const attributes: Attributes = { [semconv.ATTR_GEN_AI_OUTPUT_TYPE]: semconv.GEN_AI_OUTPUT_TYPE_VALUE_TEXT };
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, body["temperature"]);
  return attributes;
}

function audioResponse(response: unknown): Attributes {
  const { model, usage } = record(response);
  const attributes: Attributes = {};
  putText(attributes, semconv.ATTR_GEN_AI_RESPONSE_MODEL, model);
  putUsage(attributes, usage);
  return attributes;
}

function transcriptionOutput(response: unknown): OutputMessage[] {
  const content = text(record(response)["text"]);
  return content === undefined ? [] : [{ role: "assistant", parts: [{ type: "text", content }] }];
}

/** Streamed, it comes in pieces that are not kept. */
function speechOutput(response: unknown): OutputMessage[] {
  const content = text(record(response)["audioData"]);
  return content === undefined ? [] : [{ role: "assistant", parts: [{ type: "blob", modality: "audio", content }] }];
}

/** The event that ends a stream has all of a transcription, and the usage. */
function lastEvent(): ChunkFold {
  let done: unknown;
  return {
    add(event) {
      const { data } = record(event);
      if (String(record(data)["type"]).endsWith(".done")) done = data;
    },
    response: () => done,
  };
}
