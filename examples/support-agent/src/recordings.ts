import { readFileSync } from "node:fs";

/** One recorded exchange between a client library and a provider; `source` says where it was recorded. */
export interface Recording {
  readonly request: { readonly path: string; readonly body: { readonly model: string; readonly stream?: boolean } };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** A plain answer. */
    readonly body?: unknown;
    /** A streamed answer, one event a string. */
    readonly sse?: readonly string[];
  };
}

const read = (name: string): Recording =>
  JSON.parse(readFileSync(new URL(`../recordings/${name}.json`, import.meta.url), "utf8"));

export const recordings = {
  embedding: read("embedding"),
  toolCall: read("tool-call"),
  greeting: read("greeting"),
  streamedAnswer: read("streamed-answer"),
  rateLimited: read("rate-limited"),
};
