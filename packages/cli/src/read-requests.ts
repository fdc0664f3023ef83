import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { decodeOtlpTraces, type ReadableSpanLike } from "@genspan/mapping";

export type RequestRead =
  | { readonly status: "read"; readonly spans: readonly ReadableSpanLike[] }
  /** `where` is the 1-based line (or `input` for one object over several lines). */
  | { readonly status: "malformed"; readonly where: string; readonly reason: string };

/**
 * Reads OTLP/JSON trace export requests: one on each line, or one object over several lines. The first line decides:
 * when it is a whole JSON value, lines are requests; a bad one is reported by its number and the rest go on.
 */
export async function* readRequests(input: Readable): AsyncGenerator<RequestRead> {
  let lineNumber = 0;
  let byLine: boolean | undefined;
  const whole: string[] = [];
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber++;
    if (line.trim() === "") continue;
    const value = byLine === false ? undefined : parse(line);
    // `{` alone is how a pretty-printed object begins; any other first line that fails is a bad request line.
    byLine ??= value?.status === "parsed" || !/^\s*\{\s*$/.test(line);
    if (byLine) yield decode(value ?? parse(line), `line ${lineNumber}`);
    else whole.push(line);
  }
  if (whole.length > 0) yield decode(parse(whole.join("\n")), "input");
}

type Parsed =
  | { readonly status: "parsed"; readonly value: unknown }
  | { readonly status: "broken"; readonly reason: string };

function parse(text: string): Parsed {
  try {
    return { status: "parsed", value: JSON.parse(text) };
  } catch (error) {
    return { status: "broken", reason: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function decode(parsed: Parsed, where: string): RequestRead {
  if (parsed.status === "broken") return { status: "malformed", where, reason: parsed.reason };
  const decoded = decodeOtlpTraces(parsed.value);
  return decoded.status === "decoded"
    ? { status: "read", spans: decoded.spans }
    : { status: "malformed", where, reason: decoded.reason };
}
