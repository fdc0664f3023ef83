import { GenAISpan, type ReadableSpanLike, Trace } from "@genspan/mapping";
import type { Delivered } from "./vendor-endpoints.ts";

/** The trace as a tree: model, tokens, cost, time to the first chunk, and what failed. */
export function traceTree(spans: readonly ReadableSpanLike[]): string {
  const trace = new Trace(spans.map((span) => new GenAISpan(span)));
  const width = Math.max(...trace.spans.map((span) => span.name.length + 3 * trace.ancestorsOf(span).length));
  const lines: string[] = [];
  const visit = (span: GenAISpan, indent: string, branch: string, last: boolean): void => {
    lines.push(`${`${indent}${branch}${span.name}`.padEnd(width + 2)}${details(span)}`.trimEnd());
    const children = trace.childrenOf(span);
    const inner = branch === "" ? "" : indent + (last ? "   " : "│  ");
    children.forEach((child, index) => {
      const isLast = index === children.length - 1;
      visit(child, inner, isLast ? "└─ " : "├─ ", isLast);
    });
  };
  for (const top of trace.tops) visit(top, "", "", true);
  return lines.join("\n");
}

function details(span: GenAISpan): string {
  const { input, output, cacheRead } = span.usage;
  const millis = (span.endTime[0] - span.startTime[0]) * 1e3 + (span.endTime[1] - span.startTime[1]) / 1e6;
  const firstChunk = span.number("gen_ai.response.time_to_first_chunk");
  const tokens = output === undefined ? `${input}` : `${input} → ${output}`;
  const parts = [
    `${millis.toFixed(0)} ms`,
    span.text("gen_ai.response.model"),
    input === undefined ? undefined : `${tokens} tokens${cacheRead ? ` (${cacheRead} cached)` : ""}`,
    span.cost === undefined ? undefined : `$${dollars(span.cost)}`,
    firstChunk === undefined ? undefined : `first chunk after ${(firstChunk * 1e3).toFixed(0)} ms`,
    span.failed ? `ERROR ${span.text("error.type")} (HTTP ${span.number("http.response.status_code")})` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}

/** Two digits that say something, however small the sum. */
function dollars(cost: number): string {
  return cost.toFixed(Math.min(12, Math.max(2, 1 - Math.floor(Math.log10(cost || 1)))));
}

/** One line for each destination: how much arrived, by which request, and where it was written. */
export function deliveryTable(delivered: readonly Delivered[]): string {
  const rows = delivered.map(({ name, count, unit, requests, file }) => [
    name,
    `${count} ${count === 1 ? unit : `${unit}s`}`,
    `${requests.length} × ${requests[0] ?? "nothing"}`,
    file,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")).join("\n");
}
