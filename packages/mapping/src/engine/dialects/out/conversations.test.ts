import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spanOf } from "../../testing.ts";
import { RUNS } from "../arbitraries.ts";
import { normalise } from "../normalise.ts";
import { SPOKEN_DIALECTS, to } from "./speak.ts";

/** Texts that one dialect or the other might take for something else. */
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom("4", "null", '{"a":1}', '[{"type":"text","text":"x"}]', "[1]", '"q"', "https://x/y.png", "{}", " "),
);
const texts = text.map((content) => ({ type: "text", content }));
const uri = fc.constantFrom("https://host/a", "http://host/b.png", "gs://bucket/c");
const references = fc.record({
  type: fc.constant("uri"),
  modality: fc.constantFrom("image", "audio", "video", "document"),
  uri,
});
const blobs = fc.constantFrom("image", "audio", "video").map((modality) => ({
  ...{ type: "blob", modality, mime_type: `${modality}/x` },
  content: "QQ==",
}));
const files = fc.constantFrom({ type: "file", modality: "document", file_id: "file-1" });
const values = fc.oneof(
  fc.constant("{cut"),
  fc.dictionary(
    fc.string({ minLength: 1, maxLength: 4 }).filter((key) => key !== "__proto__"),
    text,
  ),
);
const calls = fc.record({
  type: fc.constant("tool_call"),
  id: text,
  name: fc.string({ minLength: 1, maxLength: 8 }),
  arguments: values,
});
// A structured answer becomes text in dialects that hold nothing else.
const answers = fc.record({ type: fc.constant("tool_call_response"), id: text, response: text });

const user = fc
  .array(fc.oneof(texts, references, blobs, files), { minLength: 1, maxLength: 3 })
  .map((parts) => ({ role: "user", parts }));
const system = texts.map((part) => ({ role: "system", parts: [part] }));
const tool = answers.map((part) => ({ role: "tool", parts: [part] }));
// Calls stand apart from what was said in most dialects: they come last.
const assistant = fc
  .tuple(
    fc.array(
      text.map((content) => ({ type: "reasoning", content })),
      { maxLength: 1 },
    ),
    fc.array(texts, { maxLength: 1 }),
    fc.array(calls, { maxLength: 2 }),
  )
  .map((parts) => ({ role: "assistant", parts: parts.flat() }))
  .filter(({ parts }) => parts.length > 0);

describe("a conversation said in", () => {
  it.each(SPOKEN_DIALECTS)("%s and read again is the same conversation", (dialect) => {
    const input = fc.array(fc.oneof(user, system, assistant, tool), { minLength: 1, maxLength: 4 });
    const output = fc.array(assistant, { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(input, output, (heard, said) => {
        const reasons = said.map(() => "stop");
        const span = spanOf({
          attributes: {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "openai",
            "gen_ai.response.finish_reasons": reasons,
            "gen_ai.input.messages": JSON.stringify(heard),
            "gen_ai.output.messages": JSON.stringify(said),
          },
        });
        const { attributes } = normalise(to(dialect)(span));
        expect(JSON.parse(String(attributes["gen_ai.input.messages"]))).toEqual(JSON.parse(JSON.stringify(heard)));
        expect(JSON.parse(String(attributes["gen_ai.output.messages"]))).toEqual(JSON.parse(JSON.stringify(said)));
        expect(attributes["gen_ai.response.finish_reasons"]).toEqual(reasons);
      }),
      { numRuns: RUNS },
    );
  });
});
