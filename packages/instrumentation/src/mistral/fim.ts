import type { Body, InputContent } from "../adapter.ts";

/** The text before the gap, and the text after it (https://docs.mistral.ai/api/endpoint/fim). */
export function fimInput({ prompt, suffix }: Body): InputContent {
  const before = typeof prompt === "string" ? [{ type: "text", content: prompt }] : [];
  const after = typeof suffix === "string" && suffix !== "" ? [{ type: "suffix", content: suffix }] : [];
  return { messages: [{ role: "user", parts: [...before, ...after] }] };
}
