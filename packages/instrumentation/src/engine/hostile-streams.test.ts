import { describe, expect, it } from "vitest";
import { adapters } from "../registry.ts";

/** One chunk that says of itself, in the words of every library, that it belongs at `index`. */
function chunkAt(index: number): object {
  const delta = { content: "a", tool_calls: [{ index, function: { name: "f", arguments: "{}" } }] };
  const choice = { index, text: "a", delta, finish_reason: "stop", finishReason: "stop" };
  const chunk = {
    index,
    outputIndex: index,
    output_index: index,
    choices: [choice],
    candidates: [choice],
    text: "a",
    delta: "a",
  };
  return { ...chunk, data: chunk };
}

const types = ["response.output_text.delta", "response.output_item.done", "text-generation", "message.output.delta"];
const streams = adapters.flatMap(({ module, methods }) =>
  Object.entries(methods).flatMap(([path, { stream }]) => (stream ? [{ name: `${module} ${path}`, stream }] : [])),
);

describe("a streamed answer", () => {
  it.each(streams)("is no longer for an index that nothing has: $name", ({ stream }) => {
    const fold = stream(true);
    for (const index of [2 ** 32 - 2, 2 ** 31, 1e308, -1, 1.5]) {
      for (const type of types) {
        const chunk = chunkAt(index);
        fold.add({ ...chunk, type, eventType: type, item: { type: "message" }, data: { ...chunk, type } });
      }
    }
    expect(JSON.stringify(fold.response() ?? null).length).toBeLessThan(20_000);
  });
});
