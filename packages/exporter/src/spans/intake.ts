import type { ReadableSpanLike, ResourceLike } from "@genspan/mapping/core";
import { settlesWithin, soon } from "../runtime/timers.ts";
import { Waiters } from "../runtime/waiters.ts";
import { weigh } from "./estimate-bytes.ts";

export interface IntakeOptions {
  /** Most spans that wait. */
  readonly maxSpans: number;
  /** About the most that they weigh together. */
  readonly maxBytes: number;
  /** Handles one span; must not throw. */
  readonly take: (span: ReadableSpanLike) => void;
  /** Called when a turn's work is done; must not throw. */
  readonly afterTurn: () => void;
}

const SLICE_MILLIS = 5;
/** Most that wait unweighed: weighing reads all attributes, and few wait in most turns of the event loop. */
const MAX_UNWEIGHED = 32;
const RESOURCE_MILLIS = 5000;

/**
 * Ended spans on their way from the application to us: adding one puts it in a list, and they are handled in later
 * turns of the event loop, about 5 ms in each, in order, once their resource's asynchronous attributes are there.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #awaited: WeakSet<ResourceLike> = new WeakSet();
  #spans: ReadableSpanLike[] = [];
  #head = 0;
  #taken = 0;
  /** Of as many from the beginning of the list as are weighed. */
  #weights: number[] = [];
  /** Of those that are weighed and wait. */
  #bytes = 0;
  #isScheduled = false;
  #isPaused = false;
  readonly #waiters = new Waiters((upTo) => upTo <= this.#taken);

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#spans.length - this.#head;
  }

  /** @returns false when too many wait already: the span was not added. */
  add(span: ReadableSpanLike): boolean {
    if (this.length >= this.#options.maxSpans || this.#bytes > this.#options.maxBytes) return false;
    this.#spans.push(span);
    if (this.#spans.length - Math.max(this.#weights.length, this.#head) > MAX_UNWEIGHED) this.#weighNext();
    this.#schedule();
    return true;
  }

  #weighNext(): void {
    while (this.#weights.length < this.#head) this.#weights.push(0); // taken unweighed
    const span = this.#spans[this.#weights.length];
    const weight = span === undefined ? 0 : weightOf(span);
    this.#weights.push(weight);
    this.#bytes += weight;
  }

  /** Resolves when all that was added before is handled. */
  async drained(): Promise<void> {
    await this.#waiters.wait(this.#taken + this.length);
  }

  /** Handles everything at one go, for the end of the process. */
  drainNow(): void {
    const spans = this.#spans.slice(this.#head);
    this.#empty();
    for (const span of spans) {
      this.#taken++;
      this.#options.take(span);
    }
    this.#waiters.wake();
  }

  #empty(): void {
    this.#spans = [];
    this.#weights = [];
    this.#head = 0;
    this.#bytes = 0;
  }

  #schedule(): void {
    if (this.#isPaused || this.#isScheduled) return;
    this.#isScheduled = true;
    soon(() => this.#work());
  }

  #work(): void {
    this.#isScheduled = false;
    const until = performance.now() + SLICE_MILLIS;
    for (let span = this.#spans[this.#head]; span !== undefined; span = this.#spans[this.#head]) {
      const pending = this.#pendingResource(span);
      if (pending !== undefined) {
        this.#isPaused = true;
        void settlesWithin(RESOURCE_MILLIS, pending).then(() => {
          this.#isPaused = false;
          this.#schedule();
        });
        break;
      }
      this.#bytes -= this.#weights[this.#head++] ?? 0;
      this.#taken++;
      this.#options.take(span);
      if (performance.now() > until) break;
    }
    if (this.length === 0) {
      this.#empty();
    } else {
      if (this.#head > 4096) {
        this.#spans.splice(0, this.#head);
        this.#weights.splice(0, this.#head);
        this.#head = 0;
      }
      this.#schedule();
    }
    this.#options.afterTurn();
    this.#waiters.wake();
  }

  /** The first span of a resource with asynchronous attributes waits for them, and with it those behind it. */
  #pendingResource(span: ReadableSpanLike): Promise<unknown> | undefined {
    try {
      const { resource } = span;
      if (!resource.asyncAttributesPending || this.#awaited.has(resource)) return undefined;
      this.#awaited.add(resource);
      return Promise.resolve(resource.waitForAsyncAttributes?.());
    } catch {
      return undefined; // what is wrong with the span comes out when it is read
    }
  }
}

/** A hostile span is found out when it is read, in a later turn. */
function weightOf(span: ReadableSpanLike): number {
  try {
    return weigh(span);
  } catch {
    return 0;
  }
}
