import * as semconv from "@genspan/semconv";
import type { ChunkFold } from "../../adapter.ts";
import { isRecord, list, record } from "../../engine/read.ts";
import { converseInput, converseRequest } from "../converse-request.ts";
import { converseOutput, converseResponse } from "../converse-response.ts";
import { converseStream } from "../converse-stream.ts";
import type { BodyFormat } from "./body-format.ts";

/**
 * Amazon Nova takes the body of Converse, and answers like it (https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema.html).
 * Its blocks have no `type`, by which they are told from those of Anthropic and OpenAI.
 */
export const nova: BodyFormat = {
  operation: semconv.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  fits: (body, model) =>
    Array.isArray(body["messages"]) &&
    ("inferenceConfig" in body || "schemaVersion" in body || model.includes("amazon.nova") || hasUntypedBlocks(body)),
  request: converseRequest,
  input: converseInput,
  response: converseResponse,
  output: converseOutput,
  stream: (content) => new NovaFold(content),
  contentChunk: '{"contentBlockDelta":',
};

function hasUntypedBlocks(body: Readonly<Record<string, unknown>>): boolean {
  const block = list(record(list(body["messages"])[0])["content"])[0];
  return isRecord(block) && !("type" in block) && "text" in block;
}

/** Text that follows on text is one text: Nova counts every streamed piece as a block of its own. */
class NovaFold implements ChunkFold {
  readonly #fold: ChunkFold;
  #isText = false;
  #index: unknown;

  constructor(content: boolean) {
    this.#fold = converseStream(content);
  }

  add(chunk: unknown): void {
    const delta = record(record(chunk)["contentBlockDelta"]);
    const isText = typeof record(delta["delta"])["text"] === "string";
    if (isText && this.#isText) {
      this.#fold.add({ contentBlockDelta: { ...delta, contentBlockIndex: this.#index } });
      return;
    }
    this.#fold.add(chunk);
    if (isText) {
      this.#isText = true;
      this.#index = delta["contentBlockIndex"];
    } else if ("contentBlockStart" in record(chunk)) this.#isText = false;
  }

  response(): unknown {
    return this.#fold.response();
  }
}
