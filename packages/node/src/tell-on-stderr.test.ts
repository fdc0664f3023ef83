import { DiagConsoleLogger, type DiagLogger, diag } from "@opentelemetry/api";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { tellOnStandardError } from "./tell-on-stderr.ts";

let written: string;
beforeEach(() => {
  written = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  diag.disable();
});

it("writes warnings where no logger is registered, and nothing after it was taken back", () => {
  const stop = tellOnStandardError({});
  diag.warn("one span was given up", 1);
  diag.info("not told");
  stop();
  diag.warn("after the end");
  expect(written).toBe("one span was given up 1\n");
});

it("writes as much as OTEL_LOG_LEVEL says", () => {
  tellOnStandardError({ OTEL_LOG_LEVEL: "INFO" });
  diag.info("told");
  diag.disable();
  tellOnStandardError({ OTEL_LOG_LEVEL: "none" });
  diag.error("not told");
  expect(written).toBe("told\n");
});

it("leaves a logger in its place that the application registered before or after", () => {
  const warn = vi.fn();
  const own: DiagLogger = Object.assign(new DiagConsoleLogger(), { warn });
  diag.setLogger(own);
  tellOnStandardError({})();
  diag.warn("to the application's logger");
  expect(warn).toHaveBeenCalledExactlyOnceWith("to the application's logger");

  diag.disable();
  const stop = tellOnStandardError({});
  diag.setLogger(own);
  stop();
  diag.warn("to it again");
  expect(warn).toHaveBeenLastCalledWith("to it again");
  expect(written).toBe("");
});
