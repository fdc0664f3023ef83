import { ATTR_EXCEPTION_STACKTRACE, ATTR_GENSPAN_STACKTRACE } from "@genspan/semconv";
import { nonEmpty } from "../engine/absent.ts";
import type { GenAISpan } from "../engine/genai-span.ts";
import { isObject } from "../engine/message-guards.ts";
import type { FieldDescription } from "../engine/rows.ts";
import { exceptionText } from "../formats/outcome.ts";
import type { Log10Frame } from "./schema.ts";

/** The documented fields of a frame, and where each comes from. */
export const frameFields: readonly FieldDescription[] = [
  {
    field: "stacktrace.file",
    available: true,
    source: "of `genspan.stacktrace`, else read from `exception.stacktrace`, else `code.file.path`",
  },
  { field: "stacktrace.line", available: true, source: "text of the line of `genspan.stacktrace`, else empty" },
  {
    field: "stacktrace.lineno",
    available: true,
    source: "of `genspan.stacktrace`, else read from `exception.stacktrace`, else `code.line.number`",
  },
  {
    field: "stacktrace.name",
    available: true,
    source: "of `genspan.stacktrace`, else read from `exception.stacktrace`, else `code.function.name`",
  },
];

/** Frames that were captured at the call, else those of an exception event, else the one that `code.*` names. */
export function stacktraceOf(span: GenAISpan): readonly Log10Frame[] | undefined {
  return capturedFrames(span) ?? exceptionFrames(span) ?? codeFrame(span);
}

function capturedFrames(span: GenAISpan): readonly Log10Frame[] | undefined {
  const frames = span.json(ATTR_GENSPAN_STACKTRACE);
  if (!Array.isArray(frames)) return undefined;
  return nonEmpty(
    frames
      .filter(isObject)
      .flatMap(({ file, line, lineno, name }) =>
        typeof file === "string" && typeof lineno === "number"
          ? [{ file, line: textOf(line), lineno, name: textOf(name) }]
          : [],
      ),
  );
}

/** Beyond them a stack is somebody's prank. */
const MAX_LINES = 100;
const LONGEST_LINE = 500;

/** `    at name (file:line:column)`, or without a name. */
const FRAME = /^\s*at (?:(.+?) \()?(.+?):(\d+):\d+\)?$/;

function exceptionFrames(span: GenAISpan): readonly Log10Frame[] | undefined {
  const stack = exceptionText(span, ATTR_EXCEPTION_STACKTRACE);
  if (stack === undefined) return undefined;
  return nonEmpty(
    stack.split("\n", MAX_LINES).flatMap((text) => {
      const [, name = "<anonymous>", file, lineno] = (text.length <= LONGEST_LINE && FRAME.exec(text)) || [];
      return file === undefined ? [] : [{ file, line: "", lineno: Number(lineno), name }];
    }),
  );
}

function codeFrame(span: GenAISpan): readonly Log10Frame[] | undefined {
  const file = span.text("code.file.path") ?? span.text("code.filepath");
  if (file === undefined) return undefined;
  const lineno = span.number("code.line.number") ?? span.number("code.lineno") ?? 0;
  return [{ file, line: "", lineno, name: span.text("code.function.name") ?? span.text("code.function") ?? "" }];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
