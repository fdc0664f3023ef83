/** Runs the producers, each in a process of its own, and gives the spans that they printed. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ReadableSpanLike } from "@genspan/mapping";
import type { Cassette } from "../support/cassettes.ts";
import type { Play, PrintedSpan } from "./producers/run.ts";

/** A producer: its file beside this one, and what it is called with. A JSON file is what `record.ts` wrote. */
export interface Producer {
  readonly name: string;
  readonly file: string;
  readonly argument?: string;
}

export type SpansById = Readonly<Record<string, readonly ReadableSpanLike[]>>;

/** Spans that were recorded once, as they were printed. */
export interface Recorded {
  /** What made them. */
  readonly source: string;
  readonly spans: Readonly<Record<string, readonly PrintedSpan[]>>;
}

export function playsOf(cassettes: readonly Cassette[], serverUrl: string): readonly Play[] {
  return cassettes.map(({ id, api, request }): Play => {
    const body = request.body as Play["body"]; // recorded JSON bodies are objects
    return { id, api, body, path: request.path, baseURL: `${serverUrl}/_c/${id}/v1` };
  });
}

export async function play(producer: Producer, cassettes: readonly Cassette[], serverUrl: string): Promise<SpansById> {
  const printed = producer.file.endsWith(".json") ? recorded(producer.file) : await run(producer, cassettes, serverUrl);
  return Object.fromEntries(Object.entries(printed).map(([id, spans]) => [id, spans.map(revived)]));
}

function recorded(file: string): Recorded["spans"] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  return (JSON.parse(text) as Recorded).spans; // written by record.ts
}

async function run(producer: Producer, cassettes: readonly Cassette[], serverUrl: string): Promise<Recorded["spans"]> {
  const plays = playsOf(cassettes, serverUrl);
  const file = fileURLToPath(new URL(producer.file, import.meta.url));
  const extra = producer.argument === undefined ? [] : [producer.argument];
  const child = spawn(
    process.execPath,
    ["--conditions=@genspan/source", "--no-warnings", file, JSON.stringify(plays), ...extra],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: "true", NODE_OPTIONS: "" },
    },
  );
  const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  const last = out.trim().split("\n").at(-1) ?? "";
  if (!last.startsWith("{")) throw new Error(`${producer.name} printed no spans: ${err}`);
  return JSON.parse(last) as Recorded["spans"]; // written by producers/run.ts
}

export async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** A printed span as a processor would get it. */
function revived(span: PrintedSpan): ReadableSpanLike {
  const { traceId, spanId, parentSpanId, scope, events, startTime, endTime, ...rest } = span;
  return {
    ...rest,
    startTime: [...startTime],
    endTime: [...endTime],
    duration: [0, 0],
    ended: true,
    spanContext: () => ({ traceId, spanId, traceFlags: 1 }),
    ...(parentSpanId !== undefined && { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags: 1 } }),
    instrumentationScope: scope,
    events: events as ReadableSpanLike["events"], // printed from events of an SDK
    links: [],
    resource: { attributes: {} },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
