import { describe, expect, it } from "vitest";
import { failureOf } from "./failure.ts";
import { rawJson } from "./raw.ts";
import { parseStack } from "./stacktrace.ts";
import { isVersionIn } from "./version.ts";

class RateLimitError extends Error {
  readonly status = 429;
  readonly code: unknown;
  constructor(code: unknown) {
    super("slow down");
    this.code = code;
  }
}

describe("error.type", () => {
  it.each([
    ["a provider's code", new RateLimitError("rate_limit_exceeded"), "rate_limit_exceeded"],
    ["a class where there is no code", new RateLimitError(null), "RateLimitError"],
    ["a class where the code is a number", new RateLimitError(429), "RateLimitError"],
    ["a class where the code is an HTTP status in text", new RateLimitError("429"), "RateLimitError"],
    ["a class where the code is a sentence", new RateLimitError("you did it again"), "RateLimitError"],
    ["the last resort", "thrown text", "_OTHER"],
  ])("is %s", (_name, error, type) => {
    expect(failureOf(error).type).toBe(type);
  });
});

describe("supported versions", () => {
  it.each([
    ["4.103.9", false],
    ["4.104.0", true],
    ["5.0.0", true],
    ["7.99.1", true],
    ["7.0.0-beta.1", true],
    ["8.0.0", false],
    [undefined, false],
  ])("%s: %s", (version, expected) => {
    expect(isVersionIn(version, { from: "4.104.0", to: "7" })).toBe(expected);
  });
});

describe("raw text", () => {
  it("names uploads instead of reading them", async () => {
    const file = new File(["bytes"], "a.png");
    const stream = new ReadableStream({ pull: (controller) => controller.enqueue("x") }, { highWaterMark: 0 });
    const text = rawJson({ image: file, mask: stream, bytes: Buffer.from("abc"), answer: new Response("x") });
    expect(JSON.parse(text)).toEqual({
      image: "[File a.png]",
      mask: "[ReadableStream]",
      bytes: "[Buffer]",
      answer: "[Response]",
    });
    expect(stream.locked).toBe(false);
    expect(await file.text()).toBe("bytes");
  });

  it("keeps vectors, dates and what has its own JSON form", () => {
    const value = { vector: new Float32Array([1, 2]), at: new Date(0), nested: { list: [1, { a: null }] } };
    expect(JSON.parse(rawJson(value))).toEqual({
      vector: [1, 2],
      at: "1970-01-01T00:00:00.000Z",
      nested: { list: [1, { a: null }] },
    });
  });

  it("leaves out credentials of MCP servers", () => {
    const tools = [{ type: "mcp", server_label: "s", authorization: "secret", headers: { "x-key": "secret" } }];
    expect(rawJson({ tools })).not.toContain("secret");
  });
});

describe("a stack", () => {
  it("is read frame by frame, without Node's own", () => {
    const stack = [
      "Error",
      "    at Completions.parse (/app/node_modules/openai/x.mjs:148:14)",
      "    at async main (file:///app/main.ts:3:1)",
      "    at /app/anonymous.js:9:2",
      "    at async /app/async.js:1:5",
      "    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
    ].join("\n");
    expect(parseStack(stack, () => "")).toEqual([
      { file: "/app/node_modules/openai/x.mjs", lineno: 148, name: "Completions.parse", line: "" },
      { file: "/app/main.ts", lineno: 3, name: "main", line: "" },
      { file: "/app/anonymous.js", lineno: 9, name: "<anonymous>", line: "" },
      { file: "/app/async.js", lineno: 1, name: "<anonymous>", line: "" },
    ]);
  });

  it("has an empty line where the source cannot be read", () => {
    expect(parseStack("    at f (/no/such/file.js:1:1)")[0]?.line).toBe("");
  });
});
