import { once } from "node:events";
import { GenAISpan, type MapResult, mapTrace, type ReadableSpanLike, Trace, type VendorFormat } from "@genspan/mapping";
import { chooseVendors } from "../choose-vendors.ts";
import { Losses } from "../losses.ts";
import { OpenTraces } from "../open-traces.ts";
import { Progress } from "../progress.ts";
import { sourcesOf } from "../read-bytes.ts";
import { configureVendors } from "../read-options.ts";
import { readSpans } from "../read-spans.ts";
import { smallHeap } from "../small-heap.ts";
import type { Surroundings } from "../surroundings.ts";
import { UsageError } from "../usage-error.ts";

export interface MapOptions {
  /** Name of the vendor whose records are printed, or `all`. */
  readonly vendor: string;
  /** Name of the vendor whose records are read; OTLP/JSON without it. */
  readonly from?: string | undefined;
  readonly options?: string | undefined;
  readonly fromOptions?: string | undefined;
  /** Files that are read one after another; standard input without any. */
  readonly files?: readonly string[] | undefined;
  /** Most spans that wait for the rest of their trace. */
  readonly maxOpenSpans: number;
}

/** @returns 0, or 1 when some input was malformed or some record is not as documented. */
export async function map(options: MapOptions, surroundings: Surroundings): Promise<number> {
  const { input, errors, environment } = surroundings;
  const formats = configureVendors(chooseVendors(options.vendor), options.options, environment);
  const from = sourceOf(options, environment);
  const sources = sourcesOf(options.files ?? [], surroundings);
  if (input.isTTY && (options.files ?? ["-"]).includes("-"))
    errors.write(`genspan: reading ${from?.recordName ?? "OTLP/JSON"} from the terminal; end with Ctrl-D\n`);
  const run = new Run(options, surroundings);
  // Records of single spans leave as they come; spans of whole traces wait for each other.
  const bySpan = formats.filter((format) => format.unit === "span");
  const byTrace = formats.filter((format) => format.unit === "trace");
  const open = new OpenTraces(options.maxOpenSpans);
  const losses = from === undefined ? undefined : new Losses(from);
  const keepSmall = smallHeap();
  for (const source of sources) {
    for await (const read of readSpans(source, from)) {
      if (read.status === "malformed") {
        run.fault(`${read.where}: ${read.reason}`);
        continue;
      }
      for (const fault of read.faults) run.fault(`${read.where}: ${fault}`);
      for (const problem of read.problems)
        run.once(`${read.where}: `, `not as ${from?.name ?? "OTLP"} documents: ${problem}`);
      const lost = read.record === undefined ? [] : (losses?.of(read.record) ?? []);
      // What is not as documented is named already.
      const left = lost.filter((field) => !read.problems.some((problem) => problem.startsWith(`${field}:`)));
      if (left.length > 0) run.note(`${read.where}: lost, since spans have no place for it: ${left.join(", ")}`);
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

/** Problems that are remembered: records of one kind have the same ones over and over. */
const MAX_REPEATED = 50;

/** One run of the command: where its output goes, and what was wrong. */
class Run {
  readonly progress: Progress;
  readonly #surroundings: Surroundings;
  readonly #named: boolean;
  readonly #repeated: Map<string, number> = new Map();
  #others = 0;
  faults = 0;

  constructor({ vendor }: MapOptions, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#named = vendor === "all";
    this.progress = new Progress(surroundings.errors);
  }

  /** What many records have in common is said of the first, and at the end how often. */
  once(where: string, text: string, group = ""): void {
    const key = group + text;
    const count = this.#repeated.get(key) ?? 0;
    if (count > 0 || this.#repeated.size < MAX_REPEATED) this.#repeated.set(key, count + 1);
    else this.#others++;
    if (count === 0 && this.#others === 0) this.note(where + text);
  }

  summarise(formats: readonly VendorFormat[]): void {
    const { progress } = this;
    for (const [text, count] of this.#repeated) if (count > 1) this.note(`${count} times: ${text}`);
    if (this.#others > 0) this.note(`${this.#others} more records are not as documented, each in another way`);
    if (progress.records === 0 && progress.spans > 0 && this.faults === 0) {
      const names = formats.map(({ name }) => name).join(", ");
      this.note(`no records: ${names} takes no spans of the operations that the ${progress.spans} spans have`);
    }
    if (progress.spans === 0 && this.faults === 0) this.note("there was nothing to map: the input has no spans");
    if (this.faults > 0 || this.#surroundings.errors.isTTY) {
      const counts = [count(progress.spans, "span"), count(progress.records, "record"), count(this.faults, "fault")];
      this.note(`read ${counts[0]}, printed ${counts[1]}; ${counts[2]}`);
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
      if (result.status !== "mapped") {
        this.faults++;
        this.once(`${format.name}: span ${result.span.spanId}: `, problem(result), `${format.name}: `);
      }
      if (result.status === "failed") continue;
      const line = JSON.stringify(this.#named ? { vendor: format.name, record: result.record } : result.record);
      this.progress.records++;
      if (!output.write(`${line}\n`)) await once(output, "drain");
    }
  }
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}

function problem(result: Exclude<MapResult, { status: "mapped" }>): string {
  return result.status === "invalid" ? `not as documented: ${result.problems.join("; ")}` : result.reason;
}
