import { isRecord, record } from "../../engine/read.ts";
import type { BodyFormat } from "./body-format.ts";
import { choicesOf, completionFormat } from "./completions.ts";

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html */
const titan: BodyFormat = completionFormat({
  fits: (body) => typeof body["inputText"] === "string",
  prompt: (body) => body["inputText"],
  parameters: (body) => record(body["textGenerationConfig"]),
  maxTokens: "maxTokenCount",
  topP: "topP",
  stop: "stopSequences",
  read: (answer) => {
    const results = isRecord(answer["results"]) || !Array.isArray(answer["results"]) ? [answer] : answer["results"];
    return {
      choices: choicesOf(results, (result) => ({ text: result["outputText"], reason: result["completionReason"] })),
      inputTokens: answer["inputTextTokenCount"],
      outputTokens: record(results[0])["tokenCount"] ?? answer["totalOutputTextTokenCount"],
    };
  },
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html */
const llama: BodyFormat = completionFormat({
  fits: (body, model) => "prompt" in body && ("max_gen_len" in body || model.includes("meta.")),
  prompt: (body) => body["prompt"],
  maxTokens: "max_gen_len",
  topP: "top_p",
  stop: "stop",
  read: (answer) => ({
    choices: [{ text: answer["generation"], reason: answer["stop_reason"] }],
    inputTokens: answer["prompt_token_count"],
    outputTokens: answer["generation_token_count"],
  }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral-text-completion.html */
const mistral: BodyFormat = completionFormat({
  fits: (body, model) => "prompt" in body && model.includes("mistral."),
  prompt: (body) => body["prompt"],
  maxTokens: "max_tokens",
  topP: "top_p",
  topK: "top_k",
  stop: "stop",
  read: (answer) => ({
    choices: choicesOf(answer["outputs"], (output) => ({ text: output["text"], reason: output["stop_reason"] })),
  }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-text-completion.html */
const claudePrompt: BodyFormat = completionFormat({
  fits: (body, model) => "prompt" in body && ("max_tokens_to_sample" in body || model.includes("anthropic.")),
  prompt: (body) => body["prompt"],
  maxTokens: "max_tokens_to_sample",
  topP: "top_p",
  topK: "top_k",
  stop: "stop_sequences",
  read: (answer) => ({ choices: [{ text: answer["completion"], reason: answer["stop_reason"] }] }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command.html */
const command: BodyFormat = completionFormat({
  fits: (body, model) => "prompt" in body && model.includes("cohere."),
  prompt: (body) => body["prompt"],
  maxTokens: "max_tokens",
  topP: "p",
  topK: "k",
  stop: "stop_sequences",
  read: (answer) => ({
    id: answer["id"],
    choices: choicesOf(answer["generations"] ?? [answer], (generation) => ({
      text: generation["text"],
      reason: generation["finish_reason"],
    })),
  }),
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-jurassic2.html */
const jurassic: BodyFormat = completionFormat({
  fits: (body, model) => "prompt" in body && ("maxTokens" in body || model.includes("ai21.")),
  prompt: (body) => body["prompt"],
  maxTokens: "maxTokens",
  topP: "topP",
  stop: "stopSequences",
  read: (answer) => ({
    id: typeof answer["id"] === "number" ? String(answer["id"]) : answer["id"],
    choices: choicesOf(answer["completions"], (completion) => ({
      text: record(completion["data"])["text"],
      reason: record(completion["finishReason"])["reason"],
    })),
    inputTokens: tokenCount(record(answer["prompt"])["tokens"]),
    outputTokens: tokenCount(record(record(firstOf(answer["completions"]))["data"])["tokens"]),
  }),
});

/**
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-deepseek.html, and any other prompt: behind the ARN
 * of an inference profile may be any family, whose answer tells.
 */
const promptAndChoices: BodyFormat = completionFormat({
  fits: (body) => typeof body["prompt"] === "string",
  prompt: (body) => body["prompt"],
  maxTokens: "max_tokens",
  topP: "top_p",
  topK: "top_k",
  stop: "stop",
  read: (answer) => ({
    id: answer["id"],
    choices: choicesOf(answer["choices"] ?? answer["outputs"] ?? answer["generations"] ?? [answer], (choice) => ({
      text: choice["text"] ?? choice["generation"] ?? choice["completion"],
      reason: choice["stop_reason"] ?? choice["finish_reason"],
    })),
    inputTokens: record(answer["usage"])["prompt_tokens"] ?? answer["prompt_token_count"],
    outputTokens: record(answer["usage"])["completion_tokens"] ?? answer["generation_token_count"],
  }),
});

/** The first that fits reads the body. */
export const promptFamilies: readonly BodyFormat[] = [
  titan,
  claudePrompt,
  llama,
  mistral,
  command,
  jurassic,
  promptAndChoices,
];

function tokenCount(tokens: unknown): number | undefined {
  return Array.isArray(tokens) ? tokens.length : undefined;
}

function firstOf(values: unknown): unknown {
  return Array.isArray(values) ? values[0] : undefined;
}
