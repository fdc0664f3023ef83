import type { HrTime } from "@opentelemetry/api";
import { objectOf } from "../../object-of.ts";
import { parentSpanIdOf, type ReadableSpanLike, type SpanEventLike, scopeOf } from "../../readable-span.ts";

/** Which of two values of one attribute stays: the one under the current name, or the dialect's. */
export type Preference = "current" | "dialect";

/** A span on its way into the current conventions: what it has, what was found for it, what was used up. */
export class Draft {
  /** As the producer set them. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Of the source. */
  readonly names: readonly string[];
  readonly #span: ReadableSpanLike;
  readonly #prefer: Preference;
  readonly #found: Map<string, unknown> = new Map();
  readonly #used: Set<string> = new Set();

  constructor(span: ReadableSpanLike, names: readonly string[], prefer: Preference) {
    this.source = span.attributes;
    this.names = names;
    this.#span = span;
    this.#prefer = prefer;
  }

  get name(): string {
    return this.#span.name;
  }

  get startTime(): HrTime {
    return this.#span.startTime;
  }

  get events(): readonly SpanEventLike[] {
    return this.#span.events;
  }

  get scope(): string {
    return scopeOf(this.#span)?.name ?? "";
  }

  get isRoot(): boolean {
    return parentSpanIdOf(this.#span) === undefined;
  }

  /** The value under a current name: what was found, else what the span has and nobody used up. */
  get(name: string): unknown {
    if (this.#found.has(name)) return this.#found.get(name);
    return this.#used.has(name) ? undefined : this.source[name];
  }

  has(name: string): boolean {
    const value = this.get(name);
    return value !== undefined && value !== null;
  }

  /** Sets a current attribute unless an earlier row, or (as preferred) the span itself, has done so. */
  set(name: string, value: unknown): void {
    if (value === undefined || value === null || this.#found.has(name)) return;
    if (this.#prefer === "current" && this.has(name)) return;
    this.#found.set(name, value);
  }

  /**
   * Sets a current attribute that the span lacks. For what stays on the span as well, such as its events: read again, it
   * must not win over what won the first time.
   */
  setAbsent(name: string, value: unknown): void {
    if (value !== undefined && value !== null && !this.has(name)) this.#found.set(name, value);
  }

  /** Sets a current attribute in the place of what is there, where that is known to be wrong. */
  replace(name: string, value: unknown): void {
    this.#found.set(name, value);
  }

  /** The attribute has become another and is not passed on. */
  use(name: string): void {
    this.#used.add(name);
  }

  /** Takes back what was found, or what the span has. */
  remove(name: string): void {
    this.#found.delete(name);
    this.#used.add(name);
  }

  isUsed(name: string): boolean {
    return this.#used.has(name);
  }

  /** Whether there is anything to say that the span does not say itself. */
  get changed(): boolean {
    return this.#found.size > 0 || this.#used.size > 0;
  }

  /** The attributes in their current form: those that nobody used, then what was found. */
  finish(): Readonly<Record<string, unknown>> {
    const names: string[] = [];
    const values: unknown[] = [];
    for (const name of this.names) {
      if (this.#used.has(name) || this.#found.has(name)) continue;
      names.push(name);
      values.push(this.source[name]);
    }
    this.#found.forEach((value, name) => {
      names.push(name);
      values.push(value);
    });
    return objectOf(names, values);
  }
}
