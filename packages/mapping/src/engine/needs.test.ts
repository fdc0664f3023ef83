import * as semconv from "@genspan/semconv";
import fc from "fast-check";
import { expect, it } from "vitest";
import { vendors } from "../registry.ts";
import { GenAISpan } from "./genai-span.ts";
import { spanOf } from "./testing.ts";
import { Trace } from "./trace.ts";

const ID = "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10";
const formats = vendors.map((vendor) =>
  vendor.configure(vendor.name.startsWith("galileo") ? { projectId: ID } : undefined),
);

const messages = [{ role: "user", parts: [{ type: "text", content: "Hi" }] }];
const body = { logit_bias: { 7: 1 }, user: "u", stream_options: {}, tool_choice: "auto", data: [{ embedding: [1] }] };
const value = fc.constantFrom<unknown>(7, true, "text", ID, ["stop"], JSON.stringify(messages), JSON.stringify(body));
const ATTRIBUTES = Object.entries(semconv).flatMap(([key, name]) =>
  key.startsWith("ATTR_") && typeof name === "string" ? [name] : [],
);
const name = fc.oneof(
  fc.constantFrom(...ATTRIBUTES),
  fc.constantFrom("galileo.dataset.input", "galileo.session.id", "respan.customer_params.name", "url.path", "other"),
);
const operation = fc.constantFrom("chat", "embeddings", "execute_tool", "invoke_agent", "retrieval", "other");
const attributes = fc
  .tuple(operation, fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 40 }))
  .map(([does, entries]) => ({ ...Object.fromEntries(entries), "gen_ai.operation.name": does }));

it.each(formats.map((format) => [format.name, format] as const))(
  "%s: a row without an attribute that it says it needs has nothing to read: the record is the same with and without it",
  (_name, format) => {
    fc.assert(
      fc.property(attributes, (given) => {
        const [first, ...again] = [0, 1, 2].map(() => {
          const span = new GenAISpan(spanOf({ attributes: given as Record<string, string> })); // of any kind, on purpose
          return format.map({ span, trace: new Trace([span]) });
        });
        // What comes for the first time is read with all rows, then only with those that may find something.
        for (const record of again) expect(record).toEqual(first);
      }),
      { numRuns: 400 },
    );
  },
);
