import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, record, type UnknownRecord } from "../engine/read.ts";
import { foldParts } from "./stream-parts.ts";

/** Every chunk is a response of its own: usage and reasons are those of the last that has any, parts add up. */
export function generateContentStream(content: boolean): ChunkFold {
  return new ResponseFold(content);
}

class ResponseFold implements ChunkFold {
  readonly #content: boolean;
  readonly #candidates = new Map<number, CandidateFold>();
  #response: UnknownRecord = {};
  #usage: UnknownRecord = {};

  constructor(content: boolean) {
    this.#content = content;
  }

  add(chunk: unknown): void {
    if (!isRecord(chunk)) return;
    const { responseId, modelVersion, promptFeedback, usageMetadata, candidates } = chunk;
    const said = { responseId, modelVersion, promptFeedback };
    for (const [name, value] of Object.entries(said)) {
      if (value !== undefined && value !== null) this.#response = { ...this.#response, [name]: value };
    }
    if (isRecord(usageMetadata)) this.#usage = { ...this.#usage, ...usageMetadata };
    for (const [position, candidate] of list(candidates).entries()) {
      if (isRecord(candidate)) this.#addCandidate(candidate, position);
    }
  }

  #addCandidate(candidate: UnknownRecord, position: number): void {
    const { index, content, ...rest } = candidate;
    const key = typeof index === "number" ? index : position;
    const folded = this.#candidates.get(key) ?? { rest: {}, parts: [] };
    Object.assign(folded.rest, rest);
    if (this.#content) folded.parts.push(...list(record(content)["parts"]));
    this.#candidates.set(key, folded);
  }

  response(): unknown {
    const candidates = [...this.#candidates]
      .sort(([one], [other]) => one - other)
      .map(([index, { rest, parts }]) => ({ ...rest, index, content: { role: "model", parts: foldParts(parts) } }));
    // A stream that broke off before the first chunk had a candidate to come, unless the prompt was blocked.
    return { ...this.#response, candidates, usageMetadata: this.#usage };
  }
}

interface CandidateFold {
  /** All but the content. */
  readonly rest: Record<string, unknown>;
  readonly parts: unknown[];
}
