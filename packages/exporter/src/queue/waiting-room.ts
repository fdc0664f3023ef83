import { stopTimer, type Timer, unrefTimer } from "../runtime/timers.ts";

export interface WaitingRoomOptions<T> {
  /** How long an item waits for room in the queue. */
  readonly timeoutMillis: number;
  readonly maxBytes: number;
  /** @returns whether there was room for it. */
  readonly admit: (item: T, order: number) => boolean;
  readonly dropped: (count: number, reason: string) => void;
}

/** The policy `block`: what a full queue refuses waits here for room, in order, and the application does not. */
export class WaitingRoom<T extends { readonly bytes: number }> {
  readonly #options: WaitingRoomOptions<T>;
  readonly #waiting: { readonly item: T; readonly order: number; readonly until: number }[] = [];
  #bytes = 0;
  #timer: Timer | undefined;

  constructor(options: WaitingRoomOptions<T>) {
    this.#options = options;
  }

  get length(): number {
    return this.#waiting.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get oldestOrder(): number | undefined {
    return this.#waiting[0]?.order;
  }

  /** @returns false where even the room is full. */
  enter(item: T, order: number): boolean {
    const { timeoutMillis, maxBytes } = this.#options;
    if (this.#bytes + item.bytes > maxBytes) return false;
    this.#waiting.push({ item, order, until: performance.now() + timeoutMillis });
    this.#bytes += item.bytes;
    this.#watch();
    return true;
  }

  /** Lets in whom the queue has room for. */
  admit(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      if (!this.#options.admit(first.item, first.order)) return;
      this.#leave(first.item);
    }
  }

  close(): number {
    stopTimer(this.#timer);
    this.#bytes = 0;
    return this.#waiting.splice(0).length;
  }

  #leave(item: T): void {
    this.#waiting.shift();
    this.#bytes -= item.bytes;
  }

  #watch(): void {
    const [first] = this.#waiting;
    if (this.#timer !== undefined || first === undefined) return;
    this.#timer = unrefTimer(() => this.#expire(), Math.max(1, first.until - performance.now()));
  }

  #expire(): void {
    this.#timer = undefined;
    this.admit();
    let dropped = 0;
    const now = performance.now();
    for (let first = this.#waiting[0]; first !== undefined && first.until <= now; first = this.#waiting[0]) {
      this.#leave(first.item);
      dropped++;
    }
    if (dropped > 0) this.#options.dropped(dropped, "queue full, no room in time");
    this.#watch();
  }
}
