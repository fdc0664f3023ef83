import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import fc from "fast-check";
import { expect, it } from "vitest";
import { generatedTrace } from "../codec/testing.ts";
import { GenAISpan } from "../engine/genai-span.ts";
import { spanOf } from "../engine/testing.ts";
import { chatMessages, chatRequest } from "../formats/chat-completion.ts";
import { requestHashOf } from "./request-hash.ts";

const chat = (content: string, more: object = {}): GenAISpan =>
  new GenAISpan(
    spanOf({
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "gpt-4o",
        "gen_ai.input.messages": JSON.stringify([{ role: "user", parts: [{ type: "text", content }] }]),
        ...more,
      },
    }),
  );

function canonicalHash(span: GenAISpan): string | undefined {
  const text = canonicalize(chatRequest(span));
  return text === undefined ? undefined : createHash("sha256").update(text).digest("hex");
}

it("is the hash of what the canonicalising package writes, whatever the request", () => {
  let hashed = 0;
  fc.assert(
    fc.property(generatedTrace, fc.double(), (trace, temperature) => {
      for (const readable of trace) {
        const attributes = { ...readable.attributes, "gen_ai.request.temperature": temperature };
        const span = new GenAISpan({ ...readable, attributes });
        const hash = requestHashOf(span);
        if (hash === undefined || chatMessages(span).length === 0 || "genspan.raw.request" in attributes) continue;
        hashed++;
        expect(hash).toBe(canonicalHash(span));
      }
    }),
    { numRuns: 300 },
  );
  expect(hashed).toBeGreaterThan(100);
});

it.each([
  ["an escape of a pair, written out", String.raw`a backslash: \ud83d`],
  ["pairs, line separators and control characters", "\u{1F600}\u2028\u0000\u007f é"],
])("is right for %s", (_name, content) => {
  expect(requestHashOf(chat(content))).toBe(canonicalHash(chat(content)));
});

it("is absent for half a surrogate pair, which has no canonical form", () => {
  expect(requestHashOf(chat("half: \ud83d"))).toBeUndefined();
});
