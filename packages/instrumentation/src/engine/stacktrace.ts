import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { StackFrame } from "@genspan/semconv";

/** Takes the stack below `callee`, so that our own frames are not in it. */
export function captureStack(callee: (...args: never[]) => unknown): string {
  const holder: { stack?: unknown } = {};
  Error.captureStackTrace(holder, callee);
  // The application may have a `prepareStackTrace` that makes something else.
  return typeof holder.stack === "string" ? holder.stack : "";
}

const framePattern = /^\s*at (?:(?:async )?(.*?) \()?(?:async )?(.+?):(\d+):\d+\)?$/;

/** Frames of a V8 stack text, innermost first, Node's own removed. Source lines come from `readLine`. */
export function parseStack(
  stack: string,
  readLine: (file: string, lineno: number) => string = sourceLine,
): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const text of stack.split("\n")) {
    const match = framePattern.exec(text);
    if (match === null) continue;
    const [, name, location, line] = match;
    if (location === undefined || location.startsWith("node:")) continue;
    const file = location.startsWith("file://") ? fileURLToPath(location) : location;
    const lineno = Number(line);
    frames.push({ file, lineno, name: name || "<anonymous>", line: readLine(file, lineno) });
  }
  return frames;
}

/** Sources are read when a span ends, each file once. Bounded, because generated code may come from many files. */
const maxFiles = 200;
const linesByFile = new Map<string, readonly string[]>();

function sourceLine(file: string, lineno: number): string {
  let lines = linesByFile.get(file);
  if (lines === undefined) {
    lines = readLines(file);
    if (linesByFile.size < maxFiles) linesByFile.set(file, lines);
  }
  return lines[lineno - 1]?.trim() ?? "";
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}
