import type { Fault, FaultHandle, FaultWindow } from "./fault.ts";

class PlannedFault implements FaultHandle {
  readonly fault: Fault;
  readonly #window: FaultWindow;
  readonly #from: number;
  readonly #ended: () => void;
  uses = 0;
  isOver = false;

  constructor(fault: Fault, window: FaultWindow, ended: () => void) {
    this.fault = fault;
    this.#window = window;
    this.#from = performance.now() + (window.afterMillis ?? 0);
    this.#ended = ended;
  }

  end(): void {
    this.isOver = true;
    this.#ended();
  }

  get isNow(): boolean {
    const { times = Number.POSITIVE_INFINITY, forMillis = Number.POSITIVE_INFINITY, atLeast = 0 } = this.#window;
    const elapsed = performance.now() - this.#from;
    const isDue = elapsed < forMillis || (this.fault.kind !== "refuse" && this.uses < atLeast);
    return !this.isOver && elapsed >= 0 && isDue && this.uses < times;
  }

  appliesTo(path: string): boolean {
    return this.isNow && (this.#window.path?.test(path) ?? true);
  }
}

/** What a mock was told to do wrong, in the order in which it was told; the first that applies is played. */
export class FaultPlan {
  readonly #planned: PlannedFault[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #changed: () => void;

  /** @param changed called when a fault begins or ends. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  add(fault: Fault, window: FaultWindow): FaultHandle {
    const planned = new PlannedFault(fault, window, this.#changed);
    this.#planned.push(planned);
    const { afterMillis = 0, forMillis } = window;
    if (afterMillis > 0) this.#later(afterMillis);
    if (forMillis !== undefined) this.#later(afterMillis + forMillis);
    this.#changed();
    return planned;
  }

  /** The fault of a request, which is used up by it. */
  take(path: string): Fault | undefined {
    const planned = this.#planned.find((one) => one.fault.kind !== "refuse" && one.appliesTo(path));
    if (planned !== undefined) planned.uses++;
    return planned?.fault;
  }

  get isRefusing(): boolean {
    return this.#planned.some(({ fault, isNow }) => fault.kind === "refuse" && isNow);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#planned.length = 0;
    this.#changed();
  }

  #later(millis: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#changed();
    }, Math.ceil(millis) + 1);
    this.#timers.add(timer);
  }
}
