import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, parseJson, type UnknownRecord } from "../engine/read.ts";
import { brokenOff } from "./finish-reason.ts";
import { base64 } from "./media.ts";

/** Folds the events of ConverseStream, and of Nova's streamed bodies, into what Converse returns. */
export function converseStream(content: boolean): ChunkFold {
  return new ConverseFold(content);
}

/** A block as it grows; `response()` makes a member of `ContentBlock` of it. */
interface Block {
  text: string;
  reasoning: string;
  redacted: string[];
  input: string;
  isReasoning: boolean;
  readonly citations: unknown[];
  readonly results: unknown[];
  image: UnknownRecord | undefined;
  toolUse: UnknownRecord | undefined;
  toolResult: UnknownRecord | undefined;
}

class ConverseFold implements ChunkFold {
  readonly #content: boolean;
  readonly #blocks = new Map<unknown, Block>();
  #stopReason: unknown;
  #usage: unknown;
  #trace: unknown;

  constructor(content: boolean) {
    this.#content = content;
  }

  add(event: unknown): void {
    if (!isRecord(event)) return;
    const { contentBlockStart, contentBlockDelta, messageStop, metadata } = event;
    if (isRecord(messageStop)) this.#stopReason = messageStop["stopReason"] ?? this.#stopReason;
    if (isRecord(metadata)) {
      this.#usage = metadata["usage"] ?? this.#usage;
      this.#trace = metadata["trace"] ?? this.#trace;
    }
    if (!this.#content) return;
    if (isRecord(contentBlockStart)) start(this.#block(contentBlockStart), contentBlockStart["start"]);
    if (isRecord(contentBlockDelta)) grow(this.#block(contentBlockDelta), contentBlockDelta["delta"]);
  }

  #block({ contentBlockIndex }: UnknownRecord): Block {
    let block = this.#blocks.get(contentBlockIndex);
    if (block === undefined) {
      block = newBlock();
      this.#blocks.set(contentBlockIndex, block);
    }
    return block;
  }

  response(): unknown {
    const content = [...this.#blocks.values()].flatMap(members);
    return {
      output: { message: { role: "assistant", content } },
      stopReason: this.#stopReason ?? brokenOff,
      usage: this.#usage,
      trace: this.#trace,
    };
  }
}

function newBlock(): Block {
  return {
    text: "",
    reasoning: "",
    redacted: [],
    input: "",
    isReasoning: false,
    citations: [],
    results: [],
    image: undefined,
    toolUse: undefined,
    toolResult: undefined,
  };
}

function start(block: Block, begun: unknown): void {
  if (!isRecord(begun)) return;
  const { toolUse, toolResult, image } = begun;
  if (isRecord(toolUse)) block.toolUse = toolUse;
  if (isRecord(toolResult)) block.toolResult = toolResult;
  if (isRecord(image)) block.image = image;
}

/** Members of `ContentBlockDelta`. */
function grow(block: Block, delta: unknown): void {
  if (!isRecord(delta)) return;
  const { text, reasoningContent, toolUse, toolResult, citation, image } = delta;
  if (typeof text === "string") block.text += text;
  if (isRecord(reasoningContent)) growReasoning(block, reasoningContent);
  if (isRecord(toolUse) && typeof toolUse["input"] === "string") block.input += toolUse["input"];
  block.results.push(...list(toolResult));
  if (isRecord(citation)) block.citations.push(citation);
  if (isRecord(image)) block.image = { ...block.image, ...image };
}

function growReasoning(block: Block, { text, redactedContent }: UnknownRecord): void {
  block.isReasoning = true;
  if (typeof text === "string") block.reasoning += text;
  const redacted = base64(redactedContent);
  if (redacted !== undefined) block.redacted.push(redacted);
}

function members(block: Block): UnknownRecord[] {
  const { toolUse, toolResult, image, citations, redacted } = block;
  if (toolUse !== undefined)
    return [{ toolUse: { ...toolUse, input: block.input === "" ? {} : parseJson(block.input) } }];
  if (toolResult !== undefined) return [{ toolResult: { ...toolResult, content: block.results } }];
  if (image !== undefined) return [{ image }];
  if (block.isReasoning) {
    const hidden = redacted.map((redactedContent) => ({ reasoningContent: { redactedContent } }));
    if (block.reasoning === "") return hidden;
    return [{ reasoningContent: { reasoningText: { text: block.reasoning } } }, ...hidden];
  }
  if (citations.length > 0) return [{ citationsContent: { content: [{ text: block.text }], citations } }];
  return [{ text: block.text }];
}
