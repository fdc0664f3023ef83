import { describe, expect, it } from "vitest";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import type { Span } from "./span-types.ts";
import { bodyOf, child, options, recordOf, spanNamed } from "./testing.ts";

const chat = { "gen_ai.operation.name": "chat" };
const agent = { "gen_ai.operation.name": "invoke_agent" };
const tool = { "gen_ai.operation.name": "execute_tool" };

/** Names of the spans, nested ones in brackets. */
function outline(spans: readonly ReadableSpanLike[], given: object = options): string {
  const write = (level: readonly Span[] = []): string =>
    level.map((span) => span.name + ("spans" in span && span.spans ? `(${write(span.spans)})` : "")).join(" ");
  return write(recordOf(spans, given).traces[0]?.spans);
}

describe("nesting", () => {
  it("puts a span in its parent", () => {
    expect(outline([child("a", undefined, agent), child("b", "a", chat), child("c", "a", tool)])).toBe("a(b c)");
    expect(outline([child("a", undefined, agent), child("b", "a", tool), child("c", "b", chat)])).toBe("a(b(c))");
  });

  it("puts what an llm span called beside it, and says who the parent was", () => {
    const spans = [child("a", undefined, agent), child("b", "a", chat), child("c", "b", tool), child("d", "c", chat)];
    expect(outline(spans)).toBe("a(b c(d))");
    const record = recordOf(spans);
    expect(spanNamed(record, "c").parent_id).toBe(spanNamed(record, "a").id);
    expect(spanNamed(record, "c").user_metadata).toMatchObject({ "otel.parent_span_id": "000000000000000b" });
    expect(spanNamed(record, "d").user_metadata).not.toHaveProperty("otel.parent_span_id");
  });

  it("hangs orphans under the trace", () => {
    const spans = [child("a", undefined, agent), child("b", "f", chat), child("c", "b", tool)];
    expect(outline(spans)).toBe("a b c");
    const record = recordOf(spans);
    expect(spanNamed(record, "b").parent_id).toBe(record.traces[0]?.id);
    expect(spanNamed(record, "b").user_metadata).toMatchObject({ "otel.parent_span_id": "000000000000000f" });
  });

  it("goes past spans that are left out, and keeps them as workflows when told to", () => {
    const spans = [child("a", undefined, {}), child("b", "a", agent), child("c", "b", {}), child("d", "c", chat)];
    expect(outline(spans)).toBe("b(d)");
    expect(outline(spans, { ...options, includeOtherSpans: true })).toBe("a(b(c(d)))");
  });

  it("keeps spans that are each other's parents, once each", () => {
    expect(outline([child("a", "b", tool), child("b", "a", tool), child("c", "c", tool)])).toBe("b(a) c");
  });

  it("keeps all spans of a trace that is deeper than Galileo reads", () => {
    const id = (n: number) => n.toString(16);
    const deep = Array.from({ length: 500 }, (_, n) => child(id(n + 1), n ? id(n) : undefined, tool));
    const body = JSON.stringify(bodyOf(recordOf(deep)));
    expect(body.match(/"step_number"/g)).toHaveLength(500);
    expect(body.match(/]}+$/)?.[0].length).toBeLessThan(10);
    expect(Math.max(...levels(body))).toBeLessThan(200);
  });
});

/** How deep each bracket of a JSON text is. */
function levels(json: string): readonly number[] {
  let level = 0;
  return [...json.replace(/"(?:[^"\\]|\\.)*"/g, "")].map((character) => {
    if (character === "{" || character === "[") level++;
    if (character === "}" || character === "]") level--;
    return level;
  });
}
