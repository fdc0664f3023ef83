import { once } from "node:events";
import { GenAISpan, type MapResult, mapTrace, type ReadableSpanLike, Trace, type VendorFormat } from "@genspan/mapping";
import { chooseVendors } from "../choose-vendors.ts";
import { OpenTraces } from "../open-traces.ts";
import { Progress } from "../progress.ts";
import { configureVendors } from "../read-options.ts";
import { readSpans } from "../read-spans.ts";
import { smallHeap } from "../small-heap.ts";
import type { Surroundings } from "../surroundings.ts";

export interface MapOptions {
  /** Name of the vendor whose records are printed, or `all`. */
  readonly vendor: string;
  /** Name of the vendor whose records are read; OTLP/JSON without it. */
  readonly from?: string | undefined;
  readonly options?: string | undefined;
  readonly fromOptions?: string | undefined;
  /** Most spans that wait for the rest of their trace. */
  readonly maxOpenSpans: number;
}

/** @returns 0, or 1 when some input was malformed or some record is not as documented. */
export async function map(options: MapOptions, surroundings: Surroundings): Promise<number> {
  const { input, errors, environment } = surroundings;
  const formats = configureVendors(chooseVendors(options.vendor), options.options, environment);
  const from = sourceOf(options, environment);
  if (input.isTTY)
    errors.write(`genspan: reading ${from?.recordName ?? "OTLP/JSON"} from the terminal; end with Ctrl-D\n`);
  const run = new Run(options, surroundings);
  // Records of single spans leave as they come; spans of whole traces wait for each other.
  const bySpan = formats.filter((format) => format.unit === "span");
  const byTrace = formats.filter((format) => format.unit === "trace");
  const open = new OpenTraces(options.maxOpenSpans);
  const keepSmall = smallHeap();
  for await (const read of readSpans(input, from)) {
    if (read.status === "malformed") {
      run.fault(`line ${read.line}: ${read.reason}`);
      continue;
    }
    for (const problem of read.problems) {
      if (from === undefined) run.fault(`line ${read.line}: ${problem}`);
      else run.difference(read.line, `not as ${from.name} documents: ${problem}`);
    }
    const { spans } = read;
    if (bySpan.length > 0) for (const group of groups(spans)) await run.printAll(bySpan, group);
    if (byTrace.length > 0) {
      for (const span of spans) for (const trace of open.add(span)) await run.printAll(byTrace, trace);
    }
    run.progress.spans += spans.length;
    run.progress.step();
    keepSmall(spans.length);
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
  return configureVendors(chooseVendors(from), fromOptions, environment)[0];
}

/** Spans of one line by trace, one after another: ancestors of a span are looked for among them. */
function* groups(spans: readonly ReadableSpanLike[]): Generator<Trace> {
  for (const group of Map.groupBy(spans, (span) => span.spanContext().traceId).values()) {
    yield new Trace(group.map((span) => new GenAISpan(span)));
  }
}

/** Texts of differences that are remembered: records of another version differ in the same fields over and over. */
const MOST_DIFFERENCES = 50;

/** One run of the command: where its output goes, and what was wrong. */
class Run {
  readonly progress: Progress;
  readonly #surroundings: Surroundings;
  readonly #named: boolean;
  readonly #differences: Map<string, number> = new Map();
  #otherDifferences = 0;
  faults = 0;

  constructor({ vendor }: MapOptions, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#named = vendor === "all";
    this.progress = new Progress(surroundings.errors);
  }

  /** What many records have in common is said once, and at the end how often. */
  difference(line: number, text: string): void {
    const count = this.#differences.get(text) ?? 0;
    if (count > 0 || this.#differences.size < MOST_DIFFERENCES) this.#differences.set(text, count + 1);
    else this.#otherDifferences++;
    if (count === 0 && this.#otherDifferences === 0) this.note(`line ${line}: ${text}`);
  }

  summarise(formats: readonly VendorFormat[]): void {
    const { progress } = this;
    for (const [text, count] of this.#differences) if (count > 1) this.note(`${count} records are ${text}`);
    if (this.#otherDifferences > 0) this.note(`${this.#otherDifferences} more differences from what is documented`);
    if (progress.records === 0 && progress.spans > 0 && this.faults === 0) {
      const names = formats.map(({ name }) => name).join(", ");
      this.note(`no records: ${names} takes no spans of the operations that the ${progress.spans} spans have`);
    }
    progress.clear();
  }

  fault(text: string): void {
    this.faults++;
    this.note(text);
  }

  note(text: string): void {
    this.progress.clear();
    this.#surroundings.errors.write(`genspan: ${text}\n`);
  }

  async printAll(formats: readonly VendorFormat[], trace: Trace): Promise<void> {
    for (const format of formats) await this.print(format, trace);
  }

  async print(format: VendorFormat, trace: Trace): Promise<void> {
    const { output } = this.#surroundings;
    for (const result of mapTrace(format, trace)) {
      if (result.status !== "mapped") this.fault(`${format.name}: span ${result.span.spanId}: ${problem(result)}`);
      if (result.status === "failed") continue;
      const line = JSON.stringify(this.#named ? { vendor: format.name, record: result.record } : result.record);
      this.progress.records++;
      if (!output.write(`${line}\n`)) await once(output, "drain");
    }
  }
}

function problem(result: Exclude<MapResult, { status: "mapped" }>): string {
  return result.status === "invalid" ? `not as documented: ${result.problems.join("; ")}` : result.reason;
}
