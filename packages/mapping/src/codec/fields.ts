import { nonEmpty } from "../engine/absent.ts";
import { isObject } from "../engine/message-guards.ts";

const NUMBER = /^\s*-?\d+(?:\.\d+)?(?:e[-+]?\d+)?\s*$/i;

/** A record of a vendor as it came: nothing in it is sure to be what is documented. Absent, `null` and wrong are alike. */
export class Fields {
  readonly value: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    this.value = isObject(value) ? value : {};
  }

  /** A text that is not empty. */
  text(name: string): string | undefined {
    const value = this.value[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** A text, or any other JSON as text: where a vendor takes both. */
  jsonText(name: string): string | undefined {
    const value = this.value[name];
    return typeof value === "object" && value !== null ? JSON.stringify(value) : this.text(name);
  }

  /** Some writers have numbers as text. */
  number(name: string): number | undefined {
    const stated = this.value[name];
    const value = typeof stated === "string" && NUMBER.test(stated) ? Number(stated) : stated;
    return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  }

  boolean(name: string): boolean | undefined {
    const value = this.value[name];
    return typeof value === "boolean" ? value : undefined;
  }

  object(name: string): Fields {
    return new Fields(this.value[name]);
  }

  list(name: string): readonly unknown[] {
    const value = this.value[name];
    return Array.isArray(value) ? value : [];
  }

  /** The texts in a list; undefined where there is none. */
  texts(name: string): readonly string[] | undefined {
    return nonEmpty(this.list(name).filter((item): item is string => typeof item === "string"));
  }

  has(name: string): boolean {
    return this.value[name] !== undefined && this.value[name] !== null;
  }

  get isEmpty(): boolean {
    return Object.keys(this.value).length === 0;
  }
}
