import { messageOf } from "../runtime/warn-once.ts";
import { packGathered, unpackChunk } from "./chunk.ts";
import { endLeases, hostName } from "./leases.ts";
import type { Change, Reply, Request, WorkerSettings } from "./messages.ts";
import { isDamage, openStore, replaceStore } from "./open-store.ts";
import type { Owner, Store } from "./store.ts";

const FIRST_RETRY_MILLIS = 100;
const MAX_RETRY_MILLIS = 5000;

/** The half of the spool that owns the database: commits requests in groups, and answers when they are on disk. */
export class SpoolServer {
  readonly #settings: WorkerSettings;
  readonly #reply: (reply: Reply) => void;
  readonly #owner: Owner;
  #store: Store;
  #destinations: readonly string[] = [];
  /** What could not be committed yet. */
  #stuck: Request[] = [];
  #retryMillis = FIRST_RETRY_MILLIS;
  #isReleased = false;
  readonly #renewal: NodeJS.Timeout;

  /** @throws {Error} where SQLite cannot work there at all. */
  constructor(settings: WorkerSettings, reply: (reply: Reply) => void) {
    this.#settings = settings;
    this.#reply = reply;
    this.#owner = { id: settings.owner, pid: process.pid, host: hostName() };
    const { store, quarantined } = openStore(settings.directory, settings.driver);
    this.#store = store;
    if (quarantined !== undefined) reply({ type: "quarantined", path: quarantined });
    this.#renewal = setInterval(() => this.#renew(), Math.max(10, settings.leaseMillis / 3));
  }

  /** Requests in their order; those of one call are committed together. */
  handle(requests: readonly Request[]): void {
    if (this.#isReleased) return;
    if (this.#stuck.length > 0) {
      this.#stuck.push(...requests);
      return;
    }
    this.#commit(requests);
  }

  #commit(requests: readonly Request[]): void {
    try {
      const changes = changesOf(requests);
      const trimmed = changes.length === 0 ? 0 : this.#store.transaction(() => this.#apply(changes));
      this.#committed(requests, trimmed);
    } catch (error) {
      this.#fail(requests, error);
    }
  }

  #committed(requests: readonly Request[], trimmed: number): void {
    const number = requests.at(-1)?.number ?? 0;
    const { committed } = this.#settings;
    Atomics.store(committed, 0, number);
    Atomics.notify(committed, 0);
    // Before the answer: who waits for it wants to know what earlier processes left.
    for (const request of requests) if (request.type === "serve") this.#serve(request.destinations);
    this.#reply({ type: "committed", number, trimmed });
    for (const request of requests) {
      if (request.type === "read") this.#read(request.id);
    }
    if (this.#isReleased) this.#close();
  }

  #apply(requests: readonly Request[]): number {
    for (const request of requests) this.#change(request);
    const hasDead = requests.some(({ type }) => type === "bury");
    return hasDead ? this.#store.trimDead(this.#settings.maxDeadBytes) : 0;
  }

  #change(change: Change): void {
    switch (change.type) {
      case "append":
        this.#store.append(change.chunk, packGathered(change.chunk), this.#owner.id);
        break;
      case "remove":
        this.#store.remove(change.id);
        break;
      case "mark":
        this.#store.mark(change.id, change.indexes);
        break;
      case "bury":
        this.#store.bury(change.record);
        break;
      case "release":
        this.#isReleased = true;
        this.#store.release(this.#owner.id);
        break;
      case "serve":
        this.#store.lease(this.#owner, Date.now() + this.#settings.leaseMillis);
        break;
      default:
    }
  }

  /** With its last connection closed, SQLite puts everything into the one file. */
  #close(): void {
    clearInterval(this.#renewal);
    this.#store.close();
  }

  #serve(destinations: readonly string[]): void {
    this.#destinations = destinations;
    this.#renew();
  }

  #renew(): void {
    if (this.#isReleased || this.#destinations.length === 0 || this.#stuck.length > 0) return;
    try {
      const chunks = this.#store.transaction(() => {
        const now = Date.now();
        this.#store.lease(this.#owner, now + this.#settings.leaseMillis);
        endLeases(this.#store, this.#owner, now);
        return this.#store.adopt(this.#destinations, this.#owner.id);
      });
      this.#reply({ type: "adopted", chunks, others: this.#store.heldByOthers(this.#owner.id) });
      this.#store.shrink();
    } catch (error) {
      if (isDamage(error)) this.#replace();
    }
  }

  #read(id: number): void {
    try {
      const chunk = this.#store.readStored(id);
      if (chunk !== undefined) unpackChunk(chunk); // is it whole?
      this.#reply({ type: "content", id, chunk });
    } catch (error) {
      if (isDamage(error)) this.#replace();
      else setTimeout(() => this.#read(id), MAX_RETRY_MILLIS);
    }
  }

  #fail(requests: readonly Request[], error: unknown): void {
    if (isDamage(error)) {
      this.#replace();
      this.#commit(requests);
      return;
    }
    this.#stuck.push(...requests);
    this.#reply({ type: "trouble", reason: messageOf(error) });
    setTimeout(() => this.#tryAgain(), this.#retryMillis);
    this.#retryMillis = Math.min(this.#retryMillis * 2, MAX_RETRY_MILLIS);
  }

  #tryAgain(): void {
    const requests = this.#stuck;
    this.#stuck = [];
    this.#commit(requests);
    if (this.#stuck.length > 0) return;
    this.#retryMillis = FIRST_RETRY_MILLIS;
    this.#reply({ type: "well" });
  }

  /** @throws {Error} where not even a new file can be made: the worker ends, and another one is started. */
  #replace(): void {
    const { directory, driver } = this.#settings;
    const { store, quarantined = "" } = replaceStore(directory, driver, this.#store);
    this.#store = store;
    this.#reply({ type: "quarantined", path: quarantined });
  }
}

const NO_CHANGE: readonly Request["type"][] = ["read", "commit"];

/** What comes and goes within one group need not be written. */
function changesOf(requests: readonly Request[]): readonly Request[] {
  const appended = new Set(requests.flatMap((request) => (request.type === "append" ? [request.chunk.id] : [])));
  const gone = new Set<number>();
  for (const request of requests) if (request.type === "remove" && appended.has(request.id)) gone.add(request.id);
  return requests.filter((request) => {
    if (request.type === "append") return !gone.has(request.chunk.id);
    if (request.type === "remove" || request.type === "mark") return !gone.has(request.id);
    return !NO_CHANGE.includes(request.type);
  });
}
