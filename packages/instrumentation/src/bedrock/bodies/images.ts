import type { InputMessage } from "@genspan/semconv";
import * as semconv from "@genspan/semconv";
import type { Body } from "../../adapter.ts";
import { isRecord, list, putInteger, record, text } from "../../engine/read.ts";
import type { BodyFormat } from "./body-format.ts";

/**
 * Nova Canvas and Titan Image (`taskType`), and Stability's models
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-stability-diffusion.html).
 */
export const images: BodyFormat = {
  operation: "generate_image",
  fits: (body, model) => "taskType" in body || "text_prompts" in body || model.includes("stability."),
  request: (body) => {
    const attributes = { [semconv.ATTR_GEN_AI_OUTPUT_TYPE]: semconv.GEN_AI_OUTPUT_TYPE_VALUE_IMAGE };
    const { seed } = "taskType" in body ? record(body["imageGenerationConfig"]) : body;
    putInteger(attributes, semconv.ATTR_GEN_AI_REQUEST_SEED, seed);
    return attributes;
  },
  input: (body) => ({ messages: prompts(body) }),
  response: () => ({}),
  output: (value) => pictures(record(value)),
};

function prompts(body: Body): InputMessage[] {
  const parameters = Object.values(body).filter(isRecord);
  const texts = [body, ...parameters, ...list(body["text_prompts"]).filter(isRecord)].map(
    (given) => text(given["prompt"]) ?? text(given["text"]),
  );
  const parts = texts.filter((content) => content !== undefined).map((content) => ({ type: "text", content }));
  return parts.length > 0 ? [{ role: "user", parts }] : [];
}

function pictures(response: Body): InputMessage[] {
  const artifacts = list(response["artifacts"]).map((artifact) => record(artifact)["base64"]);
  const encoded = [...list(response["images"]), ...artifacts].filter((content) => typeof content === "string");
  const parts = encoded.map((content) => ({ type: "blob", modality: "image", content }));
  return parts.length > 0 ? [{ role: "assistant", parts }] : [];
}
