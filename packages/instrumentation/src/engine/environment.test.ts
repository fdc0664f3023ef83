import { describe, expect, it } from "vitest";
import { defaultCaptureContent } from "./environment.ts";

describe("the environment's default", () => {
  it.each([
    [undefined, "none"],
    ["", "none"],
    ["false", "none"],
    ["no_content", "none"],
    ["nonsense", "none"],
    ["true", "span"],
    ["1", "span"],
    ["SPAN_ONLY", "span"],
    [" span ", "span"],
    ["event_only", "event"],
    ["SPAN_AND_EVENT", "both"],
    ["all", "both"],
  ])("%s is %s", (value, expected) => {
    expect(defaultCaptureContent({ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: value })).toBe(expected);
  });
});

describe("the environment's two variables", () => {
  it("are read alike, and ours wins", () => {
    const name = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
    expect(defaultCaptureContent({ GENSPAN_CAPTURE_CONTENT: "event", [name]: "span" })).toBe("event");
    expect(defaultCaptureContent({ GENSPAN_CAPTURE_CONTENT: "NO_CONTENT", [name]: "true" })).toBe("none");
    expect(defaultCaptureContent({ GENSPAN_CAPTURE_CONTENT: "", [name]: "true" })).toBe("span");
  });
});
