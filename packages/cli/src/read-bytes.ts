import { closeSync, createReadStream, fstatSync, openSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";

/** Where spans or records are read from. */
export interface Source {
  /** What stands before a line's number in messages; empty for standard input alone. */
  readonly place: string;
  readonly bytes: AsyncIterable<unknown>;
}

/**
 * The files, one after another; `-` is standard input. What gzip has packed is unpacked, whatever its name.
 * @throws {UsageError} when a file cannot be opened, before anything is read.
 */
export function sourcesOf(files: readonly string[], { input }: Pick<Surroundings, "input">): readonly Source[] {
  for (const file of files) if (file !== "-") checkFile(file);
  return files.map((file) => ({
    place: file !== "-" ? `${file}, ` : files.length > 1 ? "standard input, " : "",
    bytes: unpacked(file === "-" ? input : createReadStream(file)),
  }));
}

function checkFile(file: string): void {
  try {
    const opened = openSync(file, "r");
    const isDirectory = fstatSync(opened).isDirectory();
    closeSync(opened);
    if (!isDirectory) return;
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new UsageError(`cannot read ${file}: it is a directory`);
}

async function* unpacked(input: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  const chunks = input[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const all = startingWith(first.value, chunks);
  if (isGzip(first.value))
    yield* pipeline(Readable.from(all), createGunzip(), () => {}); // the reader hears of errors
  else yield* all;
}

async function* startingWith(first: unknown, others: AsyncIterator<unknown>): AsyncGenerator<unknown> {
  yield first;
  for (let next = await others.next(); next.done !== true; next = await others.next()) yield next.value;
}

/** The first two bytes of RFC 1952. */
function isGzip(chunk: unknown): boolean {
  return Buffer.isBuffer(chunk) && chunk[0] === 0x1f && chunk[1] === 0x8b;
}
