import type { IntakeRecord } from "./intake.ts";

/** One record that a mock stored. */
export interface StoredRecord<T extends object = object> {
  readonly id: string;
  /** As it came last. */
  readonly record: T;
  /** How often it came. */
  readonly copies: number;
}

interface Entry {
  readonly id: string;
  record: object;
  copies: number;
}

/** Keeps records by their ids: the same record twice is one. */
export class Store {
  readonly #entries = new Map<string, Entry>();
  readonly #keepsContent: boolean;
  #copies = 0;

  constructor(keepsContent: boolean) {
    this.#keepsContent = keepsContent;
  }

  /** @returns whether it is new. */
  put({ id, record }: IntakeRecord): boolean {
    this.#copies++;
    const kept = this.#keepsContent ? record : {};
    const entry = this.#entries.get(id);
    if (entry === undefined) {
      this.#entries.set(id, { id, record: kept, copies: 1 });
      return true;
    }
    entry.record = kept;
    entry.copies++;
    return false;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Copies beyond the first of each record. */
  get duplicates(): number {
    return this.#copies - this.#entries.size;
  }

  list(): readonly StoredRecord[] {
    return [...this.#entries.values()];
  }

  clear(): void {
    this.#entries.clear();
    this.#copies = 0;
  }
}
