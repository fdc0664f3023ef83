import { describe, expect, it } from "vitest";
import { GenAISpan } from "../engine/genai-span.ts";
import type { SpanEventLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import { mapSpan } from "../map-span.ts";
import { log10 } from "./index.ts";
import { documentedFields, documentedFrameFields, golden, mapped, options, readJson } from "./testing.ts";

describe("the record", () => {
  it("has a row for every documented field and no other", () => {
    const [completion, frame, feedback] = log10
      .configure()
      .tables.map(({ fields }) => fields.map(({ field }) => field));
    expect(new Set(completion)).toEqual(new Set(documentedFields));
    expect(new Set(frame)).toEqual(new Set(documentedFrameFields.map((field) => `stacktrace.${field}`)));
    // log10ts openapi.yaml: schema Feedback, what POST /api/v1/feedback adds, and the organisation of its header.
    const added = ["completion_ids", "completion_tags_selector", "allow_unmatched_feedback", "max_matched_completions"];
    const own = ["id", "created_at_ms", "task_id", "json_values", "matched_completion_ids", "comment"];
    expect(new Set(feedback)).toEqual(new Set([...own, "completions_summary", ...added, "organization_id"]));
  });

  it("of the golden trace is the golden record, one for each model call", () => {
    expect(golden()).toEqual(readJson("agent-trace.record.json"));
  });

  it("reproduces the vendor's sample but for the differences named here", () => {
    const samples = readJson("vendor-sample.json") as readonly Sample[];
    const records = golden({ organizationId: "org_3pUj1Kq", tags: ["travel-bot", "env:production"] });
    const [oneShot, started, finished, failed] = samples;
    expect(samples).toHaveLength(4);
    for (const { spanId, body } of [oneShot, failed].filter((sample) => sample !== undefined)) {
      const record = records.find(({ id }) => id === body["id"]);
      expect(record, spanId).toEqual({
        ...body,
        // The sample puts them on one of the two.
        tags: ["travel-bot", "env:production", "otel.trace_id:4bf92f3577b34da6a3ce929d0e0e4736"],
        request: { ...(body["request"] as object), tool_choice: undefined }, // no attribute for it
        session_id: "conv_8f2a", // the sample made a UUID of it, which the vendor does not ask for
        // The sample takes the start, we the end.
        response: body["response"] && { ...(body["response"] as object), created: 1795169731 },
        stacktrace: undefined, // the sample's span does not carry it
      });
    }
    // The sample's two steps are one of ours: a span arrives when the call is over.
    const steps = { ...started?.body, ...finished?.body, id: oneShot?.body["id"] };
    expect({ ...oneShot?.body, tags: undefined, stacktrace: undefined }).toEqual({ ...steps, tags: undefined });
  });

  it("is complete but for content when none was captured", () => {
    const record = mapped({ attributes: { "gen_ai.response.id": "r1", "gen_ai.response.finish_reasons": ["stop"] } });
    expect(record).toMatchObject({ kind: "chat", status: "finished", duration: 1.284, request: { messages: [] } });
    expect(record.response?.choices).toEqual([
      { index: 0, finish_reason: "stop", logprobs: null, message: { role: "assistant", content: "" } },
    ]);
  });

  it("counts milliseconds when told to", () => {
    expect(mapped({}, { ...options, durationUnit: "milliseconds" }).duration).toBe(1284);
  });

  it("says what failed and why", () => {
    const failed = mapped({
      status: { code: 2, message: "Rate limit reached" },
      attributes: { "error.type": "RateLimitError" },
    });
    expect(failed).toMatchObject({
      status: "failed",
      failure_kind: "RateLimitError",
      failure_reason: "Rate limit reached",
    });
    const events = [exception({ "exception.type": "TypeError", "exception.message": "no" })];
    const untold = mapped({ status: { code: 2 }, events });
    expect(untold).toMatchObject({ failure_kind: "TypeError", failure_reason: "no" });
    expect(failed).not.toHaveProperty("response");
  });

  it("says of several attempts why the last one failed", () => {
    const events = ["TimeoutError", "RateLimitError"].map((type) => ({
      ...exception({ "exception.type": type }),
      name: "gen_ai.client.operation.exception",
    }));
    expect(mapped({ status: { code: 2 }, events })).toMatchObject({ failure_kind: "RateLimitError" });
  });

  it("unites tags and takes the conversation before the session", () => {
    const attributes = { "genspan.tags": ["b", "a"], "session.id": "s", "gen_ai.conversation.id": "c" };
    const record = mapped({ attributes }, { ...options, tags: ["a"] });
    expect(record.tags).toEqual(["a", "b", "otel.trace_id:4bf92f3577b34da6a3ce929d0e0e4736"]);
    expect(record.session_id).toBe("c");
  });

  it("lets the call's organisation win over the configured one, and without either says what to set", () => {
    expect(mapped({ attributes: { "genspan.organization.id": "org_2" } }).organization_id).toBe("org_2");
    const result = mapSpan(
      log10.configure(),
      new GenAISpan(spanOf({ attributes: { "gen_ai.operation.name": "chat" } })),
    );
    expect(result).toMatchObject({
      status: "invalid",
      problems: [expect.stringMatching(/set option `organizationId`/)],
    });
  });

  it.each(["embeddings", "execute_tool", "invoke_agent", undefined])("is not made of operation %s", (operation) => {
    const span = new GenAISpan(spanOf({ attributes: { "gen_ai.operation.name": operation } }));
    expect(log10.configure(options).accepts(span)).toBe(false);
  });
});

describe("the stack trace", () => {
  const frame = { file: "src/agent.ts", line: "await create(body)", lineno: 42, name: "plan" };

  it("is what was captured at the call", () => {
    const attributes = { "genspan.stacktrace": JSON.stringify([frame, { file: 1 }, null]) };
    expect(mapped({ attributes }).stacktrace).toEqual([frame]);
  });

  it("is read from an exception event otherwise", () => {
    const stack = "Error: no\n    at plan (/app/agent.js:42:7)\n    at /app/main.js:1:2\n    nonsense";
    expect(mapped({ events: [exception({ "exception.stacktrace": stack })] }).stacktrace).toEqual([
      { file: "/app/agent.js", line: "", lineno: 42, name: "plan" },
      { file: "/app/main.js", line: "", lineno: 1, name: "<anonymous>" },
    ]);
  });

  it("passes over lines that are too long to be one of a program, and reads the first hundred", () => {
    const line = (name: string) => `    at ${name} (/app/main.js:1:2)`;
    const stack = [line("a".repeat(500)), ...Array.from({ length: 150 }, (_, index) => line(`step${index}`))].join(
      "\n",
    );
    const frames = mapped({ events: [exception({ "exception.stacktrace": stack })] }).stacktrace;
    expect(frames?.map(({ name }) => name)).toEqual(Array.from({ length: 99 }, (_, index) => `step${index}`));
  });

  it("is one frame of code attributes at the least, and absent without any", () => {
    expect(mapped({ attributes: { "code.file.path": "a.ts", "code.line.number": 3 } }).stacktrace).toEqual([
      { file: "a.ts", line: "", lineno: 3, name: "" },
    ]);
    expect(mapped({})).not.toHaveProperty("stacktrace");
  });
});

interface Sample {
  readonly spanId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

function exception(attributes: Record<string, string>): SpanEventLike {
  return { time: [0, 0], name: "exception", attributes };
}
