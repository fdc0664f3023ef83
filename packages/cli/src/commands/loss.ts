import { type Fate, GenAISpan, lossOf, Trace, takes, type VendorFormat } from "@genspan/mapping";
import { chooseVendors } from "../choose-vendors.ts";
import { sourcesOf } from "../read-bytes.ts";
import { configureVendors } from "../read-options.ts";
import { readSpans } from "../read-spans.ts";
import type { Surroundings } from "../surroundings.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage-error.ts";

export interface LossOptions {
  readonly vendor: string;
  /** File with OTLP/JSON; `-` is standard input. */
  readonly span: string;
  readonly options?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Prints what becomes of everything that the spans of a file say in a vendor's records. */
export async function explainLoss(options: LossOptions, surroundings: Surroundings): Promise<number> {
  const { output, errors, environment } = surroundings;
  const formats = configureVendors(chooseVendors(options.vendor), options.options, environment);
  const { spans, faults } = await spansIn(options.span, surroundings);
  for (const fault of faults) errors.write(`genspan: ${fault}\n`);
  if (spans.length === 0) {
    const place = options.span === "-" ? "standard input" : options.span;
    throw new UsageError(`no span in ${place}: it must hold OTLP/JSON trace export requests`);
  }
  const reports = formats.flatMap((format) =>
    spans.map((span) =>
      reportOf(
        format,
        span,
        spans.filter(({ traceId }) => traceId === span.traceId),
      ),
    ),
  );
  if (options.json) output.write(`${JSON.stringify(reports, null, 2)}\n`);
  else output.write(reports.map(describe).join("\n"));
  return faults.length === 0 ? 0 : 1;
}

async function spansIn(file: string, surroundings: Surroundings) {
  const spans: GenAISpan[] = [];
  const faults: string[] = [];
  for (const source of sourcesOf([file], surroundings)) {
    for await (const read of readSpans(source, undefined)) {
      if (read.status === "read") {
        spans.push(...read.spans.map((span) => new GenAISpan(span)));
        faults.push(...read.faults.map((fault) => `${read.where}: ${fault}`));
      } else faults.push(`${read.where}: ${read.reason}`);
    }
  }
  return { spans, faults };
}

function reportOf(format: VendorFormat, span: GenAISpan, trace: readonly GenAISpan[]) {
  const { name, recordName } = format;
  const entries = lossOf(format, span, new Trace(trace));
  return { vendor: name, recordName, spanId: span.spanId, name: span.name, hasRecord: takes(format, span), entries };
}

const WORDS: Readonly<Record<Fate, string>> = {
  field: "yes",
  changed: "other form",
  metadata: "metadata",
  dropped: "dropped",
};

function describe({ vendor, recordName, spanId, name, hasRecord, entries }: ReturnType<typeof reportOf>): string {
  const head = `${vendor}: span ${spanId} (${name}) as a ${recordName}`;
  if (!hasRecord) return `${head}\n  has no record: the format takes no spans of this operation\n`;
  const rows = entries.map(({ attribute, fate, reason }) => [attribute, WORDS[fate], reason]);
  return `${head}\n${table([["attribute", "carried", "how"], ...rows])}`;
}
