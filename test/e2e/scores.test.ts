import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DeadLetter, type Destination, GenAISpanProcessor, vendorDestination } from "@genspan/exporter";
import { type Mock, type MockName, startMock } from "@genspan/mocks";
import { context, trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { afterEach, expect, it } from "vitest";

/** Results of evaluations on spans of a real SDK, and where they arrive at each vendor that has a place for them. */

let mock: Mock;
let letters: DeadLetter[] = [];
let processor: GenAISpanProcessor;
afterEach(async () => {
  await processor.shutdown();
  await mock.close();
  letters = [];
});

const score = {
  "gen_ai.evaluation.name": "relevance",
  "gen_ai.evaluation.score.value": 0.75,
  "gen_ai.evaluation.explanation": "Mostly to the point.",
};
const label = { "gen_ai.evaluation.name": "tone", "gen_ai.evaluation.score.label": "friendly" };

const projectId = "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10";

async function open(name: MockName, more: Partial<ConstructorParameters<typeof GenAISpanProcessor>[0]> = {}) {
  mock = await startMock(name, { key: "key" });
  const options: Partial<Record<MockName, object>> = {
    log10: {
      token: "key",
      organizationId: "org_1",
      baseUrl: mock.url,
      feedback: { taskId: "task_1", tasks: { tone: "task_tone" } },
    },
    "keywords-ai": { apiKey: "key", baseUrl: mock.url },
    "galileo-ingest": { apiKey: "key", baseUrl: mock.url, projectId },
    galileo: { apiKey: "key", url: `${mock.url}/traces`, projectId },
  };
  const destinations: readonly Destination[] = [vendorDestination({ vendor: name, options: options[name] })];
  processor = new GenAISpanProcessor({
    destinations,
    retry: { initialDelayMillis: 1, maxDelayMillis: 5 },
    onDeadLetter: (letter) => letters.push(letter),
    ...more,
  });
}

/** An agent with one call of a model; both were evaluated. */
function endSpans(): void {
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer("test");
  const agent = tracer.startSpan("invoke_agent a", { attributes: { "gen_ai.operation.name": "invoke_agent" } });
  const chat = tracer.startSpan(
    "chat m",
    {
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "gpt-4o-mini",
        "genspan.positive_feedback": true,
      },
    },
    trace.setSpan(context.active(), agent),
  );
  chat.addEvent("gen_ai.evaluation.result", score);
  chat.addEvent("gen_ai.evaluation.result", label);
  chat.end();
  agent.addEvent("gen_ai.evaluation.result", score);
  agent.end();
}

const recordsAt = (path: RegExp) =>
  mock.requests.filter((request) => path.test(request.path)).map(({ text }) => JSON.parse(text) as object);

it("sends feedback to Log10 after the completion that it is about, each once", async () => {
  await open("log10");
  endSpans();
  await processor.forceFlush();
  expect(mock.problems).toEqual([]);
  const [completion] = recordsAt(/completions$/) as [{ id: string }];
  const about = { completion_ids: [completion.id], matched_completion_ids: [completion.id] };
  expect(recordsAt(/feedback$/)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...about, task_id: "task_1", json_values: { relevance: 0.75 } }),
      expect.objectContaining({ ...about, task_id: "task_tone", json_values: { tone: "friendly" }, comment: "" }),
      expect.objectContaining({
        completion_tags_selector: [expect.stringMatching(/^otel\.trace_id:[0-9a-f]{32}$/)],
        comment: score["gen_ai.evaluation.explanation"],
      }),
    ]),
  );
  const ofChat = mock.requests.filter(({ text }) => text.includes(completion.id)).map(({ path }) => path);
  expect(ofChat).toEqual(["/api/v1/completions", "/api/v1/feedback", "/api/v1/feedback"]);
  expect(mock).toMatchObject({ size: 4, duplicates: 0 });
  expect(processor.status().destinations[0]).toMatchObject({ accepted: 2, sent: 2, queued: 0 });
});

it("sends feedback again where Log10 failed, and never before its completion", async () => {
  await open("log10");
  mock.fail({ kind: "status", status: 503 }, { times: 2, path: /completions$/ });
  mock.fail({ kind: "reset", when: "after-storing" }, { times: 2, path: /feedback$/ });
  endSpans();
  await processor.forceFlush();
  expect(mock.size).toBe(4); // the same feedback twice is one
  const ofChat = mock.requests.filter(({ text }) => !text.includes("completion_tags_selector"));
  const firstTaken = ofChat.findIndex(({ taken }) => taken > 0);
  expect(ofChat[firstTaken]?.path).toBe("/api/v1/completions");
  expect(letters).toEqual([]);
});

it("gives up a feedback that Log10 refuses, with its completion, and says so", async () => {
  await open("log10");
  mock.fail({ kind: "status", status: 404 }, { path: /feedback$/ });
  endSpans();
  await processor.forceFlush();
  expect(recordsAt(/completions$/)).toHaveLength(1);
  expect(processor.status().destinations[0]).toMatchObject({
    sent: 0,
    deadLettered: { "POST /api/v1/feedback: HTTP 404": 2 },
  });
});

it("keeps feedback in the queue on disk, and whoever takes it over delivers it", async () => {
  const directory = mkdtempSync(join(tmpdir(), "genspan-scores-"));
  try {
    const spool = { spool: { directory: join(directory, "spool") }, shutdownTimeoutMillis: 2000 };
    await open("log10", spool);
    mock.fail({ kind: "status", status: 503 });
    endSpans();
    await processor.flush({ timeoutMillis: 300 });
    await processor.shutdown();
    expect(mock.size).toBe(0);
    await mock.close();
    await open("log10", spool);
    await mock.received(4);
    expect(recordsAt(/feedback$/)).toHaveLength(3);
    expect(mock.problems).toEqual([]);
    await processor.shutdown();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

it("writes completions and feedback to a file as the records that they are", async () => {
  const folder = mkdtempSync(join(tmpdir(), "genspan-scores-"));
  try {
    await open("log10");
    await processor.shutdown();
    const path = join(folder, "log10.jsonl");
    const options = { organizationId: "org_1", feedback: "task_1" };
    processor = new GenAISpanProcessor({
      destinations: [vendorDestination({ vendor: "log10", options, to: { type: "file", path } })],
    });
    endSpans();
    await processor.forceFlush();
    const lines = readFileSync(path, "utf8").trim().split("\n");
    expect(lines.map((line) => "task_id" in (JSON.parse(line) as object))).toEqual([false, true, true]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("sends results to a collector as events of their own name", async () => {
  mock = await startMock("otlp");
  for (const protocol of ["http/json", "http/protobuf"] as const) {
    processor = new GenAISpanProcessor({
      destinations: [
        vendorDestination({
          vendor: "log10",
          options: { organizationId: "org_1", feedback: "task_1" },
          to: { type: "otlp", url: `${mock.url}/v1/logs`, protocol },
        }),
      ],
    });
    mock.reset();
    endSpans();
    await processor.forceFlush();
    await processor.shutdown();
    expect(mock.problems).toEqual([]);
    expect(mock.requests[0]?.taken).toBe(3);
  }
});

it("puts results into Keywords AI's metadata, and a thumb up into its own field", async () => {
  await open("keywords-ai");
  endSpans();
  await processor.forceFlush();
  expect(mock.problems).toEqual([]);
  const chat = mock.records.map(({ record }) => record).find((record) => "positive_feedback" in record);
  expect(chat).toMatchObject({
    positive_feedback: true,
    metadata: { "evaluation.relevance": "0.75", "evaluation.tone": "friendly" },
  });
});

it.each(["galileo", "galileo-ingest"] as const)("puts results into the metrics of %s", async (name) => {
  await open(name);
  endSpans();
  await processor.forceFlush();
  expect(mock.problems).toEqual([]);
  const text = JSON.stringify(mock.records[0]?.record);
  expect(text).toContain('"relevance":0.75');
  expect(text).toContain('"tone":"friendly"');
});
