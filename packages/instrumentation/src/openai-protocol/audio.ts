import type { OutputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Attributes } from "@opentelemetry/api";
import type { Body, ChunkFold, MethodAdapter } from "../adapter.ts";
import { isRecord, putNumber, putText, record, text } from "../engine/read.ts";
import { promptMessages, textInstructions } from "./text-messages.ts";
import { putUsage } from "./usage.ts";

/** https://platform.openai.com/docs/api-reference/audio; operations are named as those of images are. */
export const generateSpeech: MethodAdapter = {
  operation: "generate_speech",
  path: "/audio/speech",
  request: () => ({ [semconv.ATTR_GEN_AI_OUTPUT_TYPE]: semconv.GEN_AI_OUTPUT_TYPE_VALUE_SPEECH }),
  input: (body) => ({
    messages: promptMessages(body["input"]),
    system: textInstructions(body["instructions"]),
  }),
  // The answer is bytes that only the application reads.
  response: () => ({}),
};

const transcription = {
  request: transcriptionRequest,
  input: (body: Body) => ({ messages: promptMessages(body["prompt"]) }),
  response: transcriptionResponse,
  output: transcriptionOutput,
  stream: () => new TranscriptFold(),
} as const;

export const transcribeAudio: MethodAdapter = {
  ...transcription,
  operation: "transcribe_audio",
  path: "/audio/transcriptions",
};

export const translateAudio: MethodAdapter = {
  ...transcription,
  operation: "translate_audio",
  path: "/audio/translations",
};

function transcriptionRequest(body: Body): Attributes {
  const attributes: Attributes = {};
  putNumber(attributes, semconv.ATTR_GEN_AI_REQUEST_TEMPERATURE, body["temperature"]);
  const format = text(body["response_format"]);
  const type = format?.includes("json") ? semconv.GEN_AI_OUTPUT_TYPE_VALUE_JSON : semconv.GEN_AI_OUTPUT_TYPE_VALUE_TEXT;
  putText(attributes, semconv.ATTR_GEN_AI_OUTPUT_TYPE, format && type);
  return attributes;
}

function transcriptionResponse(response: unknown): Attributes {
  const attributes: Attributes = {};
  putUsage(attributes, record(response)["usage"]);
  return attributes;
}

/** The formats `text`, `srt` and `vtt` are a plain string. */
function transcriptionOutput(response: unknown): OutputMessage[] {
  const content = typeof response === "string" ? response : text(record(response)["text"]);
  return content === undefined ? [] : [{ role: "assistant", parts: [{ type: "text", content }] }];
}

class TranscriptFold implements ChunkFold {
  #text = "";
  #usage: unknown;

  add(event: unknown): void {
    if (!isRecord(event)) return;
    if (event["type"] === "transcript.text.delta") this.#text += text(event["delta"]) ?? "";
    if (event["type"] !== "transcript.text.done") return;
    this.#text = text(event["text"]) ?? this.#text;
    this.#usage = event["usage"];
  }

  response(): unknown {
    return { text: this.#text, usage: this.#usage };
  }
}
