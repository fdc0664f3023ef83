import { acceptsOf } from "./engine/accepts.ts";
import type { GenAISpan } from "./engine/genai-span.ts";
import { Trace } from "./engine/trace.ts";
import type { VendorFormat } from "./vendor.ts";

/** What became of one span or trace. Values, not exceptions: one bad span never costs its neighbours. */
export type MapResult =
  | {
      readonly status: "mapped";
      readonly record: object;
      readonly span: GenAISpan;
    }
  /** The record was made but is not what the vendor documents. */
  | {
      readonly status: "invalid";
      readonly record: object;
      readonly problems: readonly string[];
      readonly span: GenAISpan;
    }
  /** A row threw: a defect of ours. */
  | {
      readonly status: "failed";
      readonly reason: string;
      readonly span: GenAISpan;
    };

/**
 * Makes the record of `span` (for unit `trace`: of `trace`, whose root is `span`) and checks it by the vendor's schema.
 * Never throws.
 */
export function mapSpan(format: VendorFormat, span: GenAISpan, trace: Trace = new Trace([span])): MapResult {
  try {
    return checked(format, format.map({ span, trace }), span);
  } catch (error) {
    return failed(error, span);
  }
}

/**
 * All records of a span, checked: its own, where the format takes such spans, then those beside it. Never throws.
 */
export function recordsOfSpan(format: VendorFormat, span: GenAISpan, trace: Trace): readonly MapResult[] {
  const own = format.accepts(span) ? [mapSpan(format, span, trace)] : [];
  const { companion } = format;
  if (companion === undefined) return own;
  try {
    return [...own, ...companion.map({ span, trace }).map((record) => checked(companion, record, span))];
  } catch (error) {
    return [...own, failed(error, span)];
  }
}

/** Whether any record is made of a span, or with it. */
export function takes(format: VendorFormat, span: GenAISpan): boolean {
  return format.accepts(span) || format.companion?.accepts(span) === true;
}

function checked(
  { schema, recordName }: Pick<VendorFormat, "schema" | "recordName">,
  record: object,
  span: GenAISpan,
): MapResult {
  if (acceptsOf(schema)(record)) return { status: "mapped", record, span };
  const { error } = schema.safeParse(record);
  if (error === undefined) return { status: "mapped", record, span };
  const problems = error.issues.map(({ path, message }) => `${path.join(".") || recordName}: ${message}`);
  return { status: "invalid", record, problems, span };
}

function failed(error: unknown, span: GenAISpan): MapResult {
  return { status: "failed", reason: error instanceof Error ? error.message : String(error), span };
}

/** All records that a trace gives: those of each span, or one for the whole where the unit is a trace. */
export function mapTrace(format: VendorFormat, trace: Trace): readonly MapResult[] {
  if (format.unit === "span") {
    return trace.spans.flatMap((span) => recordsOfSpan(format, span, trace));
  }
  const kept = trace.keep((span) => format.accepts(span));
  const root = kept?.root;
  if (kept === undefined || root === undefined || format.wantsTrace?.(kept) === false) return [];
  return [mapSpan(format, root, kept)];
}

/** Groups spans by trace, in the order in which the traces first appear. */
export function tracesOf(spans: Iterable<GenAISpan>): readonly Trace[] {
  const byTrace = new Map<string, GenAISpan[]>();
  for (const span of spans) {
    const group = byTrace.get(span.traceId);
    if (group === undefined) byTrace.set(span.traceId, [span]);
    else group.push(span);
  }
  return [...byTrace.values()].map((group) => new Trace(group));
}
