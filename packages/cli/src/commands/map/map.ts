import { GenAISpan, type ReadableSpanLike, Trace, type VendorFormat } from "@genspan/mapping";
import { chooseVendors } from "../../choose-vendors.ts";
import { OpenTraces } from "../../open-traces.ts";
import { sourcesOf } from "../../read-bytes.ts";
import { configureVendors } from "../../read-options.ts";
import { readSpans } from "../../read-spans.ts";
import { smallHeap } from "../../small-heap.ts";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { MapRun } from "./map-run.ts";

export interface MapOptions {
  /** Name of the vendor whose records are printed, or `all`. */
  readonly vendor: string;
  /** Name of the vendor whose records are read; OTLP/JSON without it. */
  readonly from?: string | undefined;
  readonly options?: string | undefined;
  readonly fromOptions?: string | undefined;
  /** Files that are read one after another; standard input without any. */
  readonly files: readonly string[];
  /** Most spans that wait for the rest of their trace. */
  readonly maxOpenSpans: number;
}

/** @returns 0, or 1 when some input was malformed or some record is not as documented. */
export async function map(options: MapOptions, surroundings: Surroundings): Promise<number> {
  const { input, errors, environment } = surroundings;
  const formats = configureVendors(chooseVendors(options.vendor), options.options, environment);
  const from = sourceOf(options, environment);
  const files = options.files.length > 0 ? options.files : ["-"];
  const sources = sourcesOf(files, surroundings);
  if (input.isTTY && files.includes("-"))
    errors.write(`genspan: reading ${from?.recordName ?? "OTLP/JSON"} from the terminal; end with Ctrl-D\n`);
  const run = new MapRun(options.vendor, from, surroundings);
  // Records of single spans leave as they come; spans of whole traces wait for each other.
  const bySpan = formats.filter((format) => format.unit === "span");
  const byTrace = formats.filter((format) => format.unit === "trace");
  const open = new OpenTraces(options.maxOpenSpans);
  const keepSmall = smallHeap();
  for (const source of sources) {
    for await (const read of readSpans(source, from)) {
      run.tellOf(read);
      if (read.status === "malformed") continue;
      const { spans } = read;
      if (bySpan.length > 0) for (const group of groups(spans)) await run.printAll(bySpan, group);
      if (byTrace.length > 0) {
        for (const span of spans) for (const trace of open.add(span)) await run.printAll(byTrace, trace);
      }
      run.progress.spans += spans.length;
      run.progress.step();
      keepSmall(spans.length);
    }
  }
  for (const trace of open.rest()) await run.printAll(byTrace, trace);
  run.summarise(formats);
  if (open.split > 0) {
    errors.write(
      `genspan: ${open.split} traces stand so far apart in the input that they make more than one record; ` +
        `raise --max-open-spans (now ${options.maxOpenSpans}) if there is memory for it\n`,
    );
  }
  return run.faults === 0 ? 0 : 1;
}

function sourceOf(
  { from, fromOptions }: MapOptions,
  environment: Surroundings["environment"],
): VendorFormat | undefined {
  if (from === undefined || from === "otlp") return undefined;
  if (from === "all") throw new UsageError("--from names one vendor: records do not say whose they are");
  return configureVendors(chooseVendors(from), fromOptions, environment)[0];
}

/** Spans of one line by trace, one after another: ancestors of a span are looked for among them. */
function* groups(spans: readonly ReadableSpanLike[]): Generator<Trace> {
  for (const group of Map.groupBy(spans, (span) => span.spanContext().traceId).values()) {
    yield new Trace(group.map((span) => new GenAISpan(span)));
  }
}
