import { describe, expect, it } from "vitest";
import { parseStack } from "./stacktrace.ts";

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
