import { builtin } from "../runtime/builtin.ts";
import { stopTimer, type Timer, unrefTimer } from "../runtime/timers.ts";
import { Waiters } from "../runtime/waiters.ts";
import { messageOf, safely, warnOnce } from "../runtime/warn-once.ts";
import {
  type Chunk,
  type ChunkNote,
  type GatheredChunk,
  packGathered,
  type StoredChunk,
  unpackChunk,
} from "./chunk.ts";
import type { Driver } from "./database.ts";
import type { Change, Reply, Request, WorkerSettings } from "./messages.ts";
import { openStore } from "./open-store.ts";
import { WorkerHost } from "./worker-host.ts";

export interface SpoolClientOptions {
  /** A directory that was checked. */
  readonly directory: string;
  readonly driver: Driver;
  readonly leaseMillis: number;
  readonly maxDeadBytes: number;
  /** How long the thread gathers what it commits together. */
  readonly gatherMillis: number;
}

/** What one destination's queue is told. */
export interface SpoolListener {
  readonly stored: (chunk: number) => void;
  readonly content: (id: number, chunk: Chunk | undefined) => void;
  readonly adopted: (chunks: readonly ChunkNote[]) => void;
  /** The file was damaged: only what is in memory is still there. */
  readonly lostFile: () => void;
  /** The disk takes nothing. */
  readonly trouble: () => void;
  /** Bytes that other processes hold for it. */
  readonly others: (bytes: number) => void;
}

/** How long the end of a process waits for the lock at least, which its own thread may have for the length of a commit. */
const MIN_LOCK_MILLIS = 1000;
const FIRST_RESTART_MILLIS = 50;
const MAX_RESTART_MILLIS = 10_000;
/** A thread that has died four times, and has written nothing in between, is no spool. */
const HOPELESS_RESTART_MILLIS = 8 * FIRST_RESTART_MILLIS;
/** Ids of chunks: 24 random bits for the process, 29 to count with. */
const COUNTER_RANGE = 2 ** 29;

/** The application's side of a spool: hands requests to the worker, and again to its successor when it dies. */
export class SpoolClient {
  readonly #options: SpoolClientOptions;
  readonly #owner: number = Math.floor(Math.random() * 2 ** 31);
  readonly #committed: Int32Array = new Int32Array(new SharedArrayBuffer(4));
  readonly #listeners: Map<string, SpoolListener> = new Map();
  /** Requests whose commit is not known yet, in their order. */
  #open: Request[] = [];
  readonly #releases: Map<number, () => void> = new Map();
  /** The last request whose commit the worker has told of. */
  #committedUpTo = 0;
  readonly #waiters = new Waiters((upTo) => upTo <= this.#committedUpTo);
  #worker: WorkerHost | undefined;
  #restart: Timer | undefined;
  #restartMillis = FIRST_RESTART_MILLIS;
  #lastId: number = Math.floor(Math.random() * 2 ** 24) * COUNTER_RANGE;
  #number = 0;
  #isClosed = false;
  /** What is wrong with the spool at the moment. */
  trouble: string | undefined;
  /** Times that the worker was started again. */
  restarts = 0;
  /** Dead letters that gave way to newer ones. */
  trimmed = 0;

  constructor(options: SpoolClientOptions) {
    this.#options = options;
  }

  /** Ids that no other process uses. */
  nextId(): number {
    return ++this.#lastId;
  }

  listen(destination: string, listener: SpoolListener): void {
    this.#listeners.set(destination, listener);
  }

  /** Starts the worker, and takes over what earlier processes left for the destinations that listen. */
  start(): void {
    this.request({ type: "serve", destinations: [...this.#listeners.keys()] });
    this.#startWorker();
  }

  /** A chunk that was handed over and could not be written yet. */
  unstored(id: number): Chunk | undefined {
    const committed = Atomics.load(this.#committed, 0);
    for (const request of this.#open) {
      if (request.type !== "append" || request.chunk.id !== id || request.number <= committed) continue;
      return unpackChunk({ ...noteOf(request.chunk), ...packGathered(request.chunk) });
    }
    return undefined;
  }

  request(change: Change): void {
    if (this.#isClosed) return;
    const request: Request = { number: ++this.#number, ...change };
    this.#open.push(request);
    this.#post(request);
  }

  /** @param release called when the memory of the chunk is not read any more. */
  append(chunk: GatheredChunk, release: () => void): void {
    this.#releases.set(chunk.id, release);
    this.request({ type: "append", chunk });
  }

  /** Resolves when everything that was asked for is on disk. */
  async settled(): Promise<void> {
    if (this.#open.length === 0) return;
    this.request({ type: "commit" });
    await this.#waiters.wait(this.#number);
  }

  /** Waits for the worker with the thread held, at the end of a process. @returns whether everything is on disk. */
  settleNow(timeoutMillis: number): boolean {
    const until = performance.now() + timeoutMillis;
    this.request({ type: "commit" });
    for (;;) {
      const done = Atomics.load(this.#committed, 0);
      const rest = until - performance.now();
      if (done >= this.#number) return true;
      if (rest <= 0 || this.#worker === undefined || this.trouble !== undefined) {
        return this.#writeMyself(Math.max(Math.ceil(rest), MIN_LOCK_MILLIS));
      }
      Atomics.wait(this.#committed, 0, done, Math.min(rest, 500));
    }
  }

  /** Gives up the lease, so that others may take over at once, and ends the worker. */
  async close(): Promise<void> {
    this.request({ type: "release" });
    this.#isClosed = true;
    await this.settled();
    stopTimer(this.#restart);
    await this.#worker?.stop();
    this.#worker = undefined;
  }

  #startWorker(): void {
    const settings: WorkerSettings = { ...this.#options, owner: this.#owner, committed: this.#committed };
    try {
      this.#worker = new WorkerHost(settings, {
        reply: (reply) => safely(this, () => this.#take(reply)),
        died: (reason) => this.#died(reason),
      });
      for (const request of this.#open) this.#post(request);
    } catch (error) {
      this.#died(messageOf(error));
    }
  }

  #died(reason: string): void {
    this.#worker = undefined;
    if (this.#isClosed && this.#open.length === 0) return;
    warnOnce(this, "worker", `the spool's thread is started again: ${reason}`);
    this.restarts++;
    if (this.#restartMillis >= HOPELESS_RESTART_MILLIS) this.#setTrouble(`its thread ended: ${reason}`);
    this.#restart = unrefTimer(() => this.#startWorker(), this.#restartMillis);
    this.#restartMillis = Math.min(this.#restartMillis * 2, MAX_RESTART_MILLIS);
    // The new worker must know what this process serves.
    if (!this.#open.some(({ type }) => type === "serve")) {
      const request: Request = { number: ++this.#number, type: "serve", destinations: [...this.#listeners.keys()] };
      this.#open.push(request);
    }
  }

  #post(request: Request): void {
    try {
      this.#worker?.post(request);
    } catch (error) {
      // Nothing that cannot be cloned is ever asked for; were it so, it must not be tried forever.
      this.#open = this.#open.filter((other) => other !== request);
      warnOnce(this, "post", `a request to the spool failed: ${messageOf(error)}`);
    }
  }

  #take(reply: Reply): void {
    switch (reply.type) {
      case "committed":
        this.trimmed += reply.trimmed;
        this.#restartMillis = FIRST_RESTART_MILLIS;
        this.trouble = undefined;
        this.#commit(reply.number);
        break;
      case "content":
        this.#tellContent(reply.id, reply.chunk);
        break;
      case "adopted":
        for (const [destination, listener] of this.#listeners) {
          const chunks = reply.chunks.filter((chunk) => chunk.destination === destination);
          listener.others(reply.others[destination] ?? 0);
          if (chunks.length > 0) listener.adopted(chunks);
        }
        break;
      case "trouble":
        this.#setTrouble(reply.reason);
        break;
      case "well":
        this.trouble = undefined;
        break;
      case "quarantined":
        warnOnce(this, "quarantined", `the spool was damaged, it was put aside as ${reply.path}`);
        for (const listener of this.#listeners.values()) listener.lostFile();
        break;
      case "failed":
        this.trouble = reply.reason;
        warnOnce(this, "failed", `there is no spool: ${reply.reason}`);
    }
  }

  #setTrouble(reason: string): void {
    this.trouble = reason;
    warnOnce(
      this,
      "trouble",
      `the spool cannot be written, records wait in memory until its disk has room and lets us write: ${reason}`,
    );
    for (const listener of this.#listeners.values()) listener.trouble();
  }

  #tellContent(id: number, stored: StoredChunk | undefined): void {
    const chunk = stored === undefined ? undefined : unpackChunk(stored);
    for (const listener of this.#listeners.values()) listener.content(id, chunk);
    // Nobody keeps it: the garbage collector, which does not see how large it is, would leave it for long.
    if (stored?.body.buffer instanceof ArrayBuffer) stored.body.buffer.transfer(0);
  }

  #commit(number: number): void {
    const rest = this.#open.findIndex((request) => request.number > number);
    const stored = this.#open.splice(0, rest < 0 ? this.#open.length : rest);
    for (const request of stored) {
      if (request.type !== "append") continue;
      const { id, destination } = request.chunk;
      this.#listeners.get(destination)?.stored(id);
      this.#releases.get(id)?.();
      this.#releases.delete(id);
    }
    this.#committedUpTo = number;
    this.#waiters.wake();
  }

  /** The worker is dead or stuck, and the process ends: its requests are carried out here. All of them may come twice. */
  #writeMyself(lockMillis: number): boolean {
    const { directory, driver } = this.#options;
    if (builtin("node:fs") === undefined) return false;
    // A thread that comes back to life must not repeat what others may have changed since.
    void this.#worker?.stop();
    this.#worker = undefined;
    try {
      const { store } = openStore(directory, driver, lockMillis);
      store.transaction(() => {
        for (const request of this.#open) {
          if (request.type === "append") store.append(request.chunk, packGathered(request.chunk), this.#owner);
          if (request.type === "remove") store.remove(request.id);
          if (request.type === "mark") store.mark(request.id, request.indexes);
          if (request.type === "bury") store.bury(request.record);
        }
        store.release(this.#owner);
      });
      store.close();
      this.#open = [];
      return true;
    } catch (error) {
      warnOnce(this, "end", `the end of the process was not stored: ${messageOf(error)}`);
      return false;
    }
  }
}

function noteOf({ id, destination, at, format }: GatheredChunk): Pick<Chunk, "id" | "destination" | "at" | "format"> {
  return { id, destination, at, format };
}
