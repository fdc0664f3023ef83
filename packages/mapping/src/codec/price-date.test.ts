import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import { PRICE_LIST } from "../engine/price-list.ts";
import { spanOf } from "../engine/testing.ts";
import { Trace } from "../engine/trace.ts";
import { mapTrace } from "../map-span.ts";
import { findVendor } from "../registry.ts";
import type { VendorFormat } from "../vendor.ts";
import { lossOf } from "./loss.ts";

/** A price that we looked up says in every record with room for it from when it is, and comes back with it. */

const options: Readonly<Record<string, object>> = {
  log10: { organizationId: "org_1" },
  galileo: { projectId: "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10" },
  "galileo-ingest": { projectId: "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10" },
};

function formatOf(name: string): VendorFormat {
  const format = findVendor(name)?.configure(options[name]);
  if (format === undefined) throw new Error(name);
  return format;
}

const chat = (model: string, more: object = {}, kind = 2) =>
  new GenAISpan(
    spanOf({
      kind,
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": model,
        "gen_ai.usage.input_tokens": 1000,
        "gen_ai.usage.output_tokens": 10,
        ...more,
      },
    }),
  );

const recordOf = (format: VendorFormat, span: GenAISpan): object => {
  const [result] = mapTrace(format, new Trace([span]));
  if (result?.status !== "mapped") throw new Error(JSON.stringify(result));
  return result.record;
};

const SOURCE = `@pydantic/genai-prices ${PRICE_LIST.version}`;

describe("the date of a price", () => {
  it.each([
    ["keywords-ai", `"genspan.cost.price_date":"${PRICE_LIST.published}"`],
    ["galileo", `"cost_price_date":"${PRICE_LIST.published}"`],
    ["galileo-ingest", `"genspan.cost.price_date":"${PRICE_LIST.published}"`],
  ])("is in the record of %s, with the list, and comes back", (name, text) => {
    const format = formatOf(name);
    const record = recordOf(format, chat("gpt-4o-mini"));
    expect(JSON.stringify(record)).toContain(text);
    const back = format
      .decode(record)
      .map((span) => new GenAISpan(span))
      .find(({ cost }) => cost !== undefined);
    expect(back?.text("genspan.cost.price_date")).toBe(PRICE_LIST.published);
    expect(back?.text("genspan.cost.source")).toBe(SOURCE);
    const unknown = JSON.stringify(recordOf(format, chat("a-model-that-nobody-sells")));
    expect(unknown).not.toMatch(/cost/);
  });

  it.each(["keywords-ai", "galileo-ingest"])("is not in what an agent gives to %s, which has no cost there", (name) => {
    const agent = chat("gpt-4o-mini", { "gen_ai.operation.name": "invoke_agent" }, 0);
    expect(JSON.stringify(recordOf(formatOf(name), agent))).not.toContain("genspan.cost");
  });

  it.each([
    ["keywords-ai", "metadata"],
    ["galileo", "field"],
    ["galileo-ingest", "metadata"],
    ["noveum", "dropped"],
    ["cyberpod", "dropped"],
    ["log10", "dropped"],
  ])("is named by the loss report of %s: %s", (name, fate) => {
    const entries = lossOf(formatOf(name), chat("gpt-4o-mini"));
    const fates = entries.filter(({ attribute }) => attribute.startsWith("genspan.cost.")).map((entry) => entry.fate);
    expect(fates).toEqual([fate, fate]);
  });
});
