import { createNormaliser } from "@genspan/mapping";
import { expect, it } from "vitest";
import { vendorDestination } from "./index.ts";
import { startSdk } from "./testing/parts.ts";

it("reads spans with the user's own prices and order of dialects", async () => {
  const records: Record<string, unknown>[] = [];
  const { tracer, processor } = startSdk({
    destinations: [vendorDestination({ vendor: "keywords-ai", to: { type: "memory", records } })],
    reading: {
      price: ({ usage }) => (usage.input ?? 0) / 1000,
      normaliser: createNormaliser({ order: ["openinference"] }),
    },
  });
  const attributes = {
    "openinference.span.kind": "LLM",
    "llm.model_name": "house-model",
    "langfuse.observation.model.name": "other-model",
    "llm.token_count.prompt": 5,
  };
  tracer.startSpan("call", { attributes }).end();
  await processor.shutdown();
  expect(records).toEqual([expect.objectContaining({ model: "house-model", cost: 0.005, prompt_tokens: 5 })]);
});
