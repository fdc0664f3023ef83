import { existsSync } from "node:fs";
import { join } from "node:path";
import { type SpooledDestination, SpoolReader } from "@genspan/exporter";
import type { Surroundings } from "../../surroundings.ts";
import { table } from "../../table.ts";
import { UsageError } from "../../usage-error.ts";
import { shownRecord } from "./shown-record.ts";

export interface QueueOptions {
  /** Directory of the spool; default: `GENSPAN_SPOOL_DIRECTORY`. */
  readonly spool?: string;
  readonly destination?: readonly string[];
  readonly json?: boolean;
}

export interface LimitedOptions extends QueueOptions {
  /** Most records that are printed. */
  readonly limit: number;
}

type World = Pick<Surroundings, "output" | "errors" | "environment">;

/** @throws {UsageError} where there is no spool. */
export function spoolDirectory({ spool }: QueueOptions, environment: Surroundings["environment"]): string {
  const directory = spool ?? environment["GENSPAN_SPOOL_DIRECTORY"];
  if (!directory) throw new UsageError("name the spool's directory with --spool or GENSPAN_SPOOL_DIRECTORY");
  if (!existsSync(join(directory, "spool.db"))) throw new UsageError(`there is no spool in ${directory}`);
  return directory;
}

function withReader<T>(options: QueueOptions, { environment, errors }: World, use: (reader: SpoolReader) => T): T {
  const reader = open(spoolDirectory(options, environment));
  try {
    for (const line of strangers(options.destination ?? [], reader)) errors.write(`genspan: ${line}\n`);
    return use(reader);
  } finally {
    reader.close();
  }
}

/** A name may be misspelt; or all that was queued for it is delivered, which is no mistake. */
function strangers(asked: readonly string[], reader: SpoolReader): readonly string[] {
  const known = reader.destinations().map(({ destination }) => destination);
  const others = known.length === 0 ? "the spool is empty" : `the spool has records of ${known.join(", ")}`;
  return asked.filter((name) => !known.includes(name)).map((name) => `nothing is there for ${name}; ${others}`);
}

function open(directory: string): SpoolReader {
  try {
    return new SpoolReader(directory);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the spool in ${directory} cannot be read, and is left as it is: ${reason}`);
  }
}

/** What a spool holds for other destinations than these. */
export function othersIn(directory: string, names: readonly string[]): readonly SpooledDestination[] {
  const reader = open(directory);
  try {
    return reader.destinations().filter(({ destination, queued }) => queued > 0 && !names.includes(destination));
  } finally {
    reader.close();
  }
}

/** Lists what waits and what was given up, for each destination. */
export function listQueue(options: QueueOptions, world: World): void {
  const rows = withReader(options, world, (reader) => reader.destinations(options.destination));
  if (options.json) {
    world.output.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const lines = rows.map((row) => [
    row.destination,
    String(row.queued),
    String(row.held),
    sizeText(row.queuedBytes),
    row.oldestAt === undefined ? "-" : ageText(Date.now() - row.oldestAt),
    String(row.dead),
    sizeText(row.deadBytes),
  ]);
  const head = ["destination", "queued", "held by a process", "bytes", "age of the oldest", "dead", "bytes"];
  world.output.write(table([head, ...lines]));
}

/** Prints records as they would be sent, one JSON object on each line. */
export function showQueue(options: LimitedOptions, world: World): void {
  withReader(options, world, (reader) => {
    let left = options.limit;
    for (const record of reader.queued(options.destination)) {
      if (left-- <= 0) break;
      world.output.write(`${JSON.stringify(shownRecord(record))}\n`);
    }
  });
}

/** Prints dead letters with the reasons, the newest first. */
export function showDead(options: LimitedOptions, world: World): void {
  withReader(options, world, (reader) => {
    for (const record of reader.dead(options.destination, options.limit)) {
      world.output.write(`${JSON.stringify(shownRecord(record))}\n`);
    }
  });
}

/** Queues dead letters again. */
export function retryDead(options: QueueOptions, world: World): void {
  const { queued, unsendable } = withReader(options, world, (reader) => reader.retry(options.destination));
  world.output.write(`${queued} dead letters are queued again\n`);
  if (unsendable > 0)
    world.output.write(`${unsendable} stay: they could never be encoded (see \`genspan queue dead\`)\n`);
}

/** Deletes what waits, or dead letters, for good. */
export function purgeQueue(
  options: QueueOptions & { readonly dead?: boolean; readonly yes?: boolean },
  world: World,
): void {
  if (!options.yes) throw new UsageError("purge deletes records for good: add --yes");
  const what = options.dead ? "dead" : "queued";
  const { count, held } = withReader(options, world, (reader) => ({
    held: reader.destinations(options.destination).reduce((sum, one) => sum + one.held, 0),
    count: reader.purge(what, options.destination),
  }));
  world.output.write(`${count} ${what === "dead" ? "dead letters" : "records"} are deleted\n`);
  if (what === "queued" && held > 0)
    world.output.write(`${held} of them are a running process's, which may send what it has in memory all the same\n`);
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function ageText(millis: number): string {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
