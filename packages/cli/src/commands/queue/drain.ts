import {
  type Destination,
  type DestinationStatus,
  GenAISpanProcessor,
  otlp,
  vendorDestination,
} from "@genspan/exporter";
import { findVendor, optionsFromEnvironment } from "@genspan/mapping";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { othersIn, type QueueOptions, spoolDirectory } from "./queue.ts";

export interface DrainOptions extends Pick<QueueOptions, "spool"> {
  /** `name=otlp:<url>` or `name=<vendor>`; without `name=` the kind is the name. */
  readonly to: readonly string[];
  /** Seconds without progress after which it stops. */
  readonly timeout: string;
  /** `name: value`, for collectors. */
  readonly header?: readonly string[];
}

const PROGRESS_MILLIS = 1000;
/** How soon a spool is looked through for what dead processes left. */
const TAKE_OVER_MILLIS = 5000;

/**
 * Delivers what no living process holds, with the retries and the care of a processor, and shows how it goes.
 * @returns 0 when everything was delivered, 1 when something is left or was given up.
 */
export async function drainQueue(
  options: DrainOptions,
  { output, errors, environment }: Pick<Surroundings, "output" | "errors" | "environment">,
): Promise<number> {
  const directory = spoolDirectory(options, environment);
  const patience = patienceOf(options.timeout);
  othersIn(directory, []); // a processor would put a file that it cannot read aside
  const destinations = options.to.map((text) => destinationOf(text, options.header ?? [], environment));
  const processor = new GenAISpanProcessor({ destinations, spool: { directory } });
  const { spool } = processor.status();
  if (spool?.problem !== undefined) throw new UsageError(spool.problem);
  let movedAt = performance.now();
  let moved = -1;
  await processor.store({ timeoutMillis: TAKE_OVER_MILLIS });
  for (;;) {
    await processor.flush({ timeoutMillis: PROGRESS_MILLIS });
    const now = processor.status().destinations;
    const done = now.reduce((sum, one) => sum + one.sent + countOf(one.deadLettered), 0);
    for (const status of now) errors.write(`${lineOf(status)}\n`);
    if (done !== moved) movedAt = performance.now();
    moved = done;
    const isOver = now.every(({ queued }) => queued === 0);
    if (isOver || performance.now() - movedAt > patience) break;
  }
  await processor.shutdown();
  const after = processor.status().destinations;
  for (const { name, sent, queued, deadLettered } of after) {
    output.write(`${name}: ${sent} delivered, ${countOf(deadLettered)} given up, ${queued} left\n`);
  }
  const names = after.map(({ name }) => name);
  for (const { destination, queued } of othersIn(directory, names)) {
    errors.write(`${destination}: ${queued} left, since no --to names it\n`);
  }
  return after.every(({ queued, deadLettered }) => queued === 0 && countOf(deadLettered) === 0) ? 0 : 1;
}

function lineOf({ name, recovered, sent, queued, lastError }: DestinationStatus): string {
  const share = recovered === 0 ? 100 : Math.floor(((recovered - queued) / recovered) * 100);
  return `${name}: ${share} % of ${recovered}, ${sent} delivered${lastError === undefined ? "" : `; ${lastError}`}`;
}

function patienceOf(seconds: string): number {
  const millis = Number(seconds) * 1000;
  if (!(millis > 0)) throw new UsageError(`--timeout is "${seconds}"; give a number of seconds`);
  return millis;
}

function countOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** A collector's address alone means what it means to `genspan/register`. */
function tracesUrl(text: string): string {
  const url = new URL(text);
  if (url.pathname === "/") url.pathname = "/v1/traces";
  return url.href;
}

function destinationOf(
  text: string,
  headers: readonly string[],
  environment: Surroundings["environment"],
): Destination {
  const [, given, kind = ""] = /^(?:([^=:]+)=)?(.+)$/s.exec(text) ?? [];
  if (kind.startsWith("otlp:")) {
    const url = kind.slice("otlp:".length);
    if (!/^https?:/.test(url) || !URL.canParse(url))
      throw new UsageError(`--to ${text}: give a URL, such as otlp:http://localhost:4318/v1/traces`);
    return otlp({ url: tracesUrl(url), name: given ?? "otlp", headers: headersOf(headers) });
  }
  const vendor = findVendor(kind);
  if (vendor === undefined) throw new UsageError(`--to ${text}: give otlp:<url> or a vendor (see \`genspan vendors\`)`);
  const format = vendor.configure(optionsFromEnvironment(vendor, environment));
  return vendorDestination({ vendor: format, ...(given !== undefined && { name: given }) });
}

function headersOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((line) => {
      const at = line.indexOf(":");
      if (at < 1) throw new UsageError(`--header "${line}": write it as "name: value"`);
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
