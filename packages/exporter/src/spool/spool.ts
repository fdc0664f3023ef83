import type { Destination, Item } from "../destination.ts";
import { MemoryQueue, type MemoryQueueOptions, type OverflowPolicy } from "../queue/memory-queue.ts";
import type { Queue, QueueHooks } from "../queue/queue.ts";
import { builtin } from "../runtime/builtin.ts";
import { messageOf, warnOnce } from "../runtime/warn-once.ts";
import type { Driver } from "./database.ts";
import { prepareDirectory } from "./directory.ts";
import { SpoolClient } from "./spool-client.ts";
import { SpoolQueue } from "./spool-queue.ts";

/** A queue on disk, so that what was accepted outlives the process. */
export interface SpoolOptions {
  /**
   * A directory of the application's own, such as `/var/lib/shop/spool`. It is made when it is not there, for its owner
   * alone (0700). Several processes may share it.
   */
  readonly directory: string;
  /** Most bytes of records on disk, shared equally by the destinations. Default: 1 GiB. */
  readonly maxBytes?: number | undefined;
  /** What gives way when that is reached. Default: `drop-oldest`. */
  readonly overflow?: OverflowPolicy | undefined;
  /**
   * `group`: records are committed together, when there are 64 or 50 ms after the first; those that were delivered by
   * then need not be written. `sync`: each at once, at about ten times the cost. Default: `group`.
   */
  readonly durability?: "group" | "sync" | undefined;
  /** Default: `node:sqlite`. `better-sqlite3` must be installed by the application. */
  readonly driver?: Driver | undefined;
  /** How long after its last sign of life the records of a process on another machine are taken over. Default: 15 000. */
  readonly leaseMillis?: number | undefined;
  /** Most bytes of dead letters that are kept, the newest. Default: 64 MiB. */
  readonly maxDeadBytes?: number | undefined;
}

const MAX_BYTES = 1024 ** 3;
const MAX_DEAD_BYTES = 64 * 1024 ** 2;
const LEASE_MILLIS = 15_000;
/** The spool's thread waits so long for more to write; with a chunk's `COMMIT_MILLIS` that makes 50 ms. */
const GATHER_MILLIS = 20;
/** Bytes of records that wait in memory for sending, of each destination: what is beyond is read from the disk again. */
const WINDOW_BYTES = 16 * 1024 ** 2;

/** The spool of a processor, or the reason why there is none. */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #memory: MemoryQueueOptions;
  readonly #share: number;
  readonly #queues: SpoolQueue[] = [];
  readonly #client: SpoolClient | undefined;
  /** Why the queues are in memory. */
  readonly refused: string | undefined;

  /** @param count of destinations that share it. */
  constructor(options: SpoolOptions, memory: MemoryQueueOptions, count: number) {
    this.#options = options;
    this.#share = Math.max(1, count);
    const { driver = "node:sqlite", leaseMillis = LEASE_MILLIS, maxDeadBytes = MAX_DEAD_BYTES } = options;
    const gatherMillis = options.durability === "sync" ? 0 : GATHER_MILLIS;
    try {
      requireDriver(driver);
      const directory = prepareDirectory(options.directory);
      this.#client = new SpoolClient({ directory, driver, leaseMillis, maxDeadBytes, gatherMillis });
    } catch (error) {
      this.refused = messageOf(error);
      warnOnce(this, "refused", `the queues are in memory, not in a spool: ${this.refused}`);
    }
    this.#memory = { ...memory, ...(this.refused !== undefined && { reason: this.refused }) };
  }

  /** A queue of the spool, or in memory where there is none or the destination holds live objects. */
  openQueue(destination: Destination, hooks: QueueHooks): Queue<Item> {
    const { name, codec } = destination;
    const client = this.#client;
    if (client === undefined) return new MemoryQueue(this.#memory, hooks);
    if (codec === undefined) {
      return new MemoryQueue({ ...this.#memory, reason: "this destination holds live objects" }, hooks);
    }
    const { maxBytes = MAX_BYTES, overflow = "drop-oldest", durability = "group" } = this.#options;
    const settings = { destination: name, codec, overflow, durability, maxBytes: maxBytes / this.#share };
    const queue = new SpoolQueue({ ...settings, windowBytes: WINDOW_BYTES }, client, hooks);
    this.#queues.push(queue);
    return queue;
  }

  /** When all queues are open: what earlier processes left is taken over. */
  start(): void {
    if (this.#queues.length > 0) this.#client?.start();
  }

  /** Resolves when everything that was accepted is on disk or delivered. */
  async stored(): Promise<void> {
    for (const queue of this.#queues) queue.commit();
    if (this.#queues.length > 0) await this.#client?.settled();
  }

  /** At the end of a process: waits with the thread held until everything is on disk, for that long at most. */
  storeNow(timeoutMillis: number): boolean {
    for (const queue of this.#queues) queue.commit();
    return this.#queues.length === 0 || (this.#client?.settleNow(timeoutMillis) ?? true);
  }

  /** Where `close` takes too long: what is not on disk is written here and now, or counted as lost. */
  giveUp(): void {
    if (this.storeNow(0)) return;
    for (const queue of this.#queues) queue.loseUnstored();
  }

  async close(): Promise<void> {
    if (this.#queues.length > 0) await this.#client?.close();
  }

  status(): SpoolStatus {
    const { trouble, restarts = 0, trimmed = 0 } = this.#client ?? {};
    const problem = this.refused ?? trouble;
    return {
      directory: this.#options.directory,
      durable: problem === undefined,
      problem,
      restarts,
      trimmedDeadLetters: trimmed,
    };
  }
}

/** How the spool does. */
export interface SpoolStatus {
  readonly directory: string;
  /** Whether what is accepted is written. */
  readonly durable: boolean;
  /** Why not. */
  readonly problem: string | undefined;
  /** Times that the spool's thread was started again. */
  readonly restarts: number;
  /** Dead letters that gave way to newer ones. */
  readonly trimmedDeadLetters: number;
}

function requireDriver(driver: Driver): void {
  if (builtin("node:worker_threads") === undefined) throw new Error("this runtime has no worker threads");
  if (driver === "node:sqlite" && !builtin("node:module")?.isBuiltin("node:sqlite")) {
    throw new Error("this runtime has no node:sqlite: use Node 22.13 or later, or the driver better-sqlite3");
  }
}
