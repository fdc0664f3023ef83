import { once } from "node:events";
import { type MapResult, mapTrace, type Trace, type VendorFormat } from "@genspan/mapping";
import { Losses } from "../../losses.ts";
import { Progress } from "../../progress.ts";
import type { SpansRead } from "../../read-spans.ts";
import type { Surroundings } from "../../surroundings.ts";

/** Problems that are remembered: records of one kind have the same ones over and over. */
const MAX_REPEATED = 50;

/** One run of the command: where its output goes, and what was wrong. */
export class MapRun {
  readonly progress: Progress;
  readonly #surroundings: Surroundings;
  readonly #named: boolean;
  readonly #from: VendorFormat | undefined;
  readonly #losses: Losses | undefined;
  readonly #repeated: Map<string, number> = new Map();
  #others = 0;
  faults = 0;

  /** @param from the vendor whose records are read; OTLP/JSON without it */
  constructor(vendor: string, from: VendorFormat | undefined, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#named = vendor === "all";
    this.#from = from;
    this.#losses = from === undefined ? undefined : new Losses(from);
    this.progress = new Progress(surroundings.errors);
  }

  /** What is wrong with a piece of the input, and what of it is lost. */
  tellOf(read: SpansRead): void {
    if (read.status === "malformed") {
      this.#fault(`${read.where}: ${read.reason}`);
      return;
    }
    const { where, faults, problems, record } = read;
    for (const fault of faults) this.#fault(`${where}: ${fault}`);
    for (const problem of problems)
      this.#once(`${where}: `, `not as ${this.#from?.name ?? "OTLP"} documents: ${problem}`);
    const lost = record === undefined ? [] : (this.#losses?.of(record) ?? []);
    // What is not as documented is named already.
    const left = lost.filter((field) => !problems.some((problem) => problem.startsWith(`${field}:`)));
    if (left.length > 0) this.#note(`${where}: lost, since spans have no place for it: ${left.join(", ")}`);
  }

  /** What many records have in common is said of the first, and at the end how often. */
  #once(where: string, text: string, group = ""): void {
    const key = group + text;
    const count = this.#repeated.get(key) ?? 0;
    if (count > 0 || this.#repeated.size < MAX_REPEATED) this.#repeated.set(key, count + 1);
    else this.#others++;
    if (count === 0 && this.#others === 0) this.#note(where + text);
  }

  summarise(formats: readonly VendorFormat[]): void {
    const { progress } = this;
    for (const [text, count] of this.#repeated) if (count > 1) this.#note(`${count} times: ${text}`);
    if (this.#others > 0) this.#note(`${this.#others} more records are not as documented, each in another way`);
    if (progress.records === 0 && progress.spans > 0 && this.faults === 0) {
      const names = formats.map(({ name }) => name).join(", ");
      this.#note(`no records: ${names} takes no spans of the operations that the ${progress.spans} spans have`);
    }
    if (progress.spans === 0 && this.faults === 0) this.#note("there was nothing to map: the input has no spans");
    if (this.faults > 0 || this.#surroundings.errors.isTTY) {
      const counts = [count(progress.spans, "span"), count(progress.records, "record"), count(this.faults, "fault")];
      this.#note(`read ${counts[0]}, printed ${counts[1]}; ${counts[2]}`);
    }
    progress.clear();
  }

  #fault(text: string): void {
    this.faults++;
    this.#note(text);
  }

  #note(text: string): void {
    this.progress.clear();
    this.#surroundings.errors.write(`genspan: ${text}\n`);
  }

  async printAll(formats: readonly VendorFormat[], trace: Trace): Promise<void> {
    for (const format of formats) await this.#print(format, trace);
  }

  async #print(format: VendorFormat, trace: Trace): Promise<void> {
    const { output } = this.#surroundings;
    for (const result of mapTrace(format, trace)) {
      if (result.status !== "mapped") {
        this.faults++;
        this.#once(`${format.name}: span ${result.span.spanId}: `, problem(result), `${format.name}: `);
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
