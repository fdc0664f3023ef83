import type { ChunkFold } from "../adapter.ts";
import { isRecord, parseJson, record, type UnknownRecord } from "../engine/read.ts";
import { brokenOff } from "./finish-reason.ts";

/** Folds Anthropic's stream events into a message (https://docs.anthropic.com/en/docs/build-with-claude/streaming). */
export function claudeStream(content: boolean): ChunkFold {
  return new ClaudeFold(content);
}

interface Block {
  readonly begun: UnknownRecord;
  text: string;
  thinking: string;
  json: string;
  readonly citations: unknown[];
}

class ClaudeFold implements ChunkFold {
  readonly #content: boolean;
  /** In the order in which they began; a stream of several messages has several blocks of one index. */
  readonly #blocks: Block[] = [];
  readonly #open = new Map<unknown, Block>();
  #message: UnknownRecord = {};
  #usage: UnknownRecord = {};
  #stopReason: unknown;

  constructor(content: boolean) {
    this.#content = content;
  }

  add(event: unknown): void {
    if (!isRecord(event)) return;
    if (event["type"] === "message_start") {
      const { id, model, usage } = record(event["message"]);
      this.#message = { id, model };
      this.#addUsage(usage);
    }
    if (event["type"] === "message_delta") {
      this.#stopReason = record(event["delta"])["stop_reason"] ?? this.#stopReason;
      this.#addUsage(event["usage"]);
    }
    if (this.#content) this.#addContent(event);
  }

  /** Counts are totals so far: a later one replaces an earlier one. */
  #addUsage(usage: unknown): void {
    const counted = Object.entries(record(usage)).filter(
      ([, tokens]) => typeof tokens === "number" || isRecord(tokens),
    );
    this.#usage = { ...this.#usage, ...Object.fromEntries(counted) };
  }

  #addContent({ type, index, content_block, delta }: UnknownRecord): void {
    if (type === "content_block_start") {
      const begun: Block = { begun: record(content_block), text: "", thinking: "", json: "", citations: [] };
      this.#open.set(index, begun);
      this.#blocks.push(begun);
    }
    const block = this.#open.get(index);
    if (type !== "content_block_delta" || block === undefined || !isRecord(delta)) return;
    const { text, thinking, partial_json, citation, content } = delta;
    if (typeof text === "string") block.text += text;
    if (typeof thinking === "string") block.thinking += thinking;
    if (typeof partial_json === "string") block.json += partial_json;
    if (citation !== undefined) block.citations.push(citation);
    if (typeof content === "string") block.text += content; // of a compaction
  }

  response(): unknown {
    return {
      ...this.#message,
      content: this.#blocks.map(wholeBlock),
      stop_reason: this.#stopReason ?? brokenOff,
      usage: this.#usage,
    };
  }
}

function wholeBlock({ begun, text, thinking, json, citations }: Block): UnknownRecord {
  const whole: Record<string, unknown> = { ...begun };
  if (begun["type"] === "compaction") whole["content"] = `${begun["content"] ?? ""}${text}`;
  else if (text !== "") whole["text"] = `${begun["text"] ?? ""}${text}`;
  if (thinking !== "") whole["thinking"] = `${begun["thinking"] ?? ""}${thinking}`;
  if (json !== "") whole["input"] = parseJson(json);
  if (citations.length > 0) whole["citations"] = citations;
  return whole;
}
