/** A program that ends spans, as told by its plan; its parent looks at what arrives, and may kill it at any time. */
import { rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { type Command, type Message, type Mishap, type Plan, SPOOL_TROUBLE } from "../plan.ts";
import { endHostileSpans } from "./hostile.ts";
import { watchLoop } from "./loop-watch.ts";
import { createPipeline, type Pipeline } from "./pipeline.ts";
import { countingIds, endCall, endTrace, textOf } from "./spans.ts";

const plan = JSON.parse(process.argv[2] ?? "") as Plan; // written by the parent
const TICK_MILLIS = 10;

const send = (message: Message): void => {
  process.send?.(message);
};
const told: string[] = [];
const thrown: string[] = [];
const tell = (text: string): void => {
  if (told.length < 200) told.push(text);
};
diag.setLogger({ error: tell, warn: tell, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);

const workers: Worker[] = [];
process.on("worker", (worker: Worker) => workers.push(worker));

const filler = plan.mishap?.kind === "filler" ? plan.mishap : undefined;
if (filler !== undefined) writeFileSync(filler.path, Buffer.alloc(filler.bytes));

const pipeline = createPipeline(plan);
const provider = new BasicTracerProvider({
  idGenerator: countingIds(plan.run),
  resource: resourceFromAttributes({ "service.name": "driver" }),
  spanProcessors: [pipeline.processor],
});
const tracer = provider.getTracer("driver");
let produced = 0;

process.on("message", ({ key }: Command) => pipeline.setKey(key));
// The channel to the parent must not decide how long the program lives.
process.channel?.unref();

const watch = watchLoop();
send({ kind: "ready" });
if (plan.mishap !== undefined) void befall(plan.mishap);
if (plan.acknowledges) void acknowledge(pipeline);
const began = performance.now();
await produce();
const producingMillis = performance.now() - began;
tellProduced();
await end();

async function produce(): Promise<void> {
  const { spans, perSecond = 1000, bytes = 5000, below = 0, special } = plan;
  const text = textOf(bytes);
  const start = performance.now();
  const large = special?.kind === "large" ? textOf(special.bytes) : text;
  if (special?.kind === "hostile") produced += endHostileSpans(tracer, pipeline.processor, thrown);
  while (produced < spans) {
    const due = perSecond === 0 ? spans : Math.min(spans, Math.ceil(((performance.now() - start) / 1000) * perSecond));
    for (; produced < due; produced++) {
      if (below > 0) {
        endTrace(tracer, text, below);
        continue;
      }
      const isSpecial = special !== undefined && special.kind !== "hostile" && isAmong(produced, spans, special.count);
      endCall(tracer, isSpecial ? large : text, isSpecial && special.kind === "marked" ? { poison: true } : {});
    }
    if (plan.acknowledges) tellProduced();
    if (produced < spans) await sleep(TICK_MILLIS);
  }
}

function tellProduced(): void {
  const { waitedMillis } = watch;
  send({ kind: "produced", spans: produced, rssMegabytes: process.memoryUsage.rss() / 1e6, waitedMillis });
}

/** Spreads `count` special spans over all. */
function isAmong(index: number, spans: number, count: number): boolean {
  const every = Math.max(1, Math.floor(spans / count));
  return index % every === every >> 1 && index < every * count;
}

async function acknowledge({ stored }: Pipeline): Promise<void> {
  // Asking again and again would keep a program alive that is to end by itself.
  while (produced < plan.spans || plan.end === "wait") {
    const spans = produced;
    if (await stored()) send({ kind: "stored", spans });
    else if (plan.engine === "genspan") console.error(`not stored: ${JSON.stringify(pipeline.status()?.spool)}`);
    await sleep(5, undefined, { ref: false });
  }
}

async function befall(mishap: Mishap): Promise<void> {
  if (mishap.kind === "filler") {
    // On a busy machine the spool may come to the disk only after a while.
    while (!told.some((text) => SPOOL_TROUBLE.test(text))) await sleep(TICK_MILLIS);
    await sleep(mishap.removeAfterMillis);
    rmSync(mishap.path);
    return;
  }
  await sleep(mishap.afterMillis);
  if (mishap.kind === "workers") {
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
    return;
  }
  const now = Date.now.bind(Date);
  Date.now = () => now() + mishap.jumpMillis;
}

async function end(): Promise<void> {
  switch (plan.end) {
    case "exit":
      process.exit(0);
      break;
    case "throw":
      setImmediate(() => {
        throw new Error("nobody catches this");
      });
      return;
    case "natural":
      return;
    case "wait":
      setInterval(() => undefined, 1000);
      return;
    case "drain":
      await pipeline.drained(plan.drainMillis ?? 60_000);
  }
  const closing = performance.now();
  await provider.shutdown().catch((error: unknown) => thrown.push(String(error)));
  watch.stop();
  const { stallMillis, turnMillis, waitedMillis, peakRssMegabytes } = watch;
  const shutdownMillis = performance.now() - closing;
  const measured = { stallMillis, turnMillis, waitedMillis, peakRssMegabytes, producingMillis, shutdownMillis };
  send({ kind: "done", report: { produced, status: pipeline.status(), ...measured, told, thrown } });
}
