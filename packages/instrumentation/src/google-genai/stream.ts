import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, record, type UnknownRecord } from "../engine/read.ts";
import { foldParts } from "./stream-parts.ts";

/** Every chunk is a response of its own: usage and reasons are those of the last that has any, parts add up. */
export function generateContentStream(content: boolean): ChunkFold {
  return new ResponseFold(content);
}

const said = ["responseId", "modelVersion", "promptFeedback"] as const;

class ResponseFold implements ChunkFold {
  readonly #content: boolean;
  readonly #candidates: CandidateFold[] = [];
  readonly #response: Record<string, unknown> = {};
  readonly #usage: Record<string, unknown> = {};

  constructor(content: boolean) {
    this.#content = content;
  }

  /** Runs for every chunk: no copy is made of what a chunk has. */
  add(chunk: unknown): void {
    if (!isRecord(chunk)) return;
    const { usageMetadata, candidates } = chunk;
    for (const name of said) {
      const value = chunk[name];
      if (value !== undefined && value !== null) this.#response[name] = value;
    }
    if (isRecord(usageMetadata)) Object.assign(this.#usage, usageMetadata);
    if (!Array.isArray(candidates)) return;
    for (let position = 0; position < candidates.length; position += 1) {
      const candidate: unknown = candidates[position];
      if (isRecord(candidate)) this.#addCandidate(candidate, position);
    }
  }

  #addCandidate(candidate: UnknownRecord, position: number): void {
    const index = typeof candidate["index"] === "number" ? candidate["index"] : position;
    let folded = this.#candidates.find((known) => known.index === index);
    if (folded === undefined) {
      folded = { index, rest: {}, parts: [] };
      this.#candidates.push(folded);
    }
    for (const name in candidate) if (name !== "content") folded.rest[name] = candidate[name];
    if (this.#content) folded.parts.push(...list(record(candidate["content"])["parts"]));
  }

  response(): unknown {
    const candidates = this.#candidates
      .toSorted((one, other) => one.index - other.index)
      .map(({ index, rest, parts }) => ({ ...rest, index, content: { role: "model", parts: foldParts(parts) } }));
    // A stream that broke off before the first chunk had a candidate to come, unless the prompt was blocked.
    return { ...this.#response, candidates, usageMetadata: this.#usage };
  }
}

interface CandidateFold {
  readonly index: number;
  /** All but the content. */
  readonly rest: Record<string, unknown>;
  readonly parts: unknown[];
}
