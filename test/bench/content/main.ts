/**
 * Overhead of an instrumented openai call, content off and on, against the bare client and against a span written by hand which takes
 * the same attributes out of the same objects, in one interleaved run. Prints CPU time and ratios; it judges nothing.
 *
 *   npx -y pnpm@12 bench content [rounds]
 */
import { instrument } from "@genspan/instrumentation";
import { BasicTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import OpenAI from "openai";
import { interleave, type Measured, pairedRatio, type Variant } from "../interleave.ts";
import { cannedFetch, messages } from "./canned.ts";
import { chatByHand, streamByHand } from "./hand-written.ts";

const CHUNKS = 200;
const rounds = Number(process.argv[2] ?? 100);

const nowhere: SpanProcessor = {
  onStart() {},
  onEnd() {},
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
const tracerProvider = new BasicTracerProvider({ spanProcessors: [nowhere] });
const tracer = tracerProvider.getTracer("bench");
const newClient = () => new OpenAI({ apiKey: "bench", fetch: cannedFetch(CHUNKS), maxRetries: 0 });

const bare = newClient();
const off = instrument(newClient(), { tracerProvider, captureContent: "none" });
const on = instrument(newClient(), { tracerProvider, captureContent: "span" });

const request = { model: "gpt-4o", messages, temperature: 0.2, max_tokens: 256 };
const chat = (client: OpenAI) => async () => {
  await client.chat.completions.create(request);
};
const stream = (client: OpenAI) => async () => {
  const chunks = await client.chat.completions.create({
    ...request,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const _chunk of chunks);
};

const variants = (kind: "chat" | "stream"): readonly Variant[] => {
  const call = kind === "chat" ? chat : stream;
  const byHand = kind === "chat" ? chatByHand : streamByHand;
  return [
    { name: "bare client", run: call(bare) },
    { name: "hand-written, content off", run: () => byHand({ tracer, client: bare, content: false }) },
    { name: "genspan, content off", run: call(off) },
    { name: "hand-written, content on", run: () => byHand({ tracer, client: bare, content: true }) },
    { name: "genspan, content on", run: call(on) },
  ];
};

function print(title: string, measured: readonly Measured[], perChunk: boolean): void {
  const [base, handOff, , handOn] = measured;
  console.log(
    `\n${title}\n${"".padEnd(28)}${"CPU us min".padStart(12)}${"median".padStart(10)}${"x bare".padStart(9)}${"x by hand".padStart(11)}${perChunk ? "us/chunk".padStart(10) : ""}`,
  );
  for (const row of measured) {
    const hand = row.name.startsWith("genspan") ? (row.name.endsWith("off") ? handOff : handOn) : undefined;
    const ratio = (other: Measured | undefined) => (other ? pairedRatio(row, other).toFixed(2) : "");
    const chunk = perChunk && base ? ((row.min - base.min) / CHUNKS).toFixed(2) : "";
    console.log(
      `${row.name.padEnd(28)}${row.min.toFixed(1).padStart(12)}${row.median.toFixed(1).padStart(10)}${ratio(base).padStart(9)}${ratio(hand).padStart(11)}${chunk.padStart(10)}`,
    );
  }
}

console.log(`Node ${process.version}, openai client with replies from memory, ${rounds} interleaved rounds`);
print("one chat call (2 KB in, 1 KB out)", await interleave(variants("chat"), { rounds, calls: 200 }), false);
print(`one stream of ${CHUNKS} chunks`, await interleave(variants("stream"), { rounds, calls: 15 }), true);
