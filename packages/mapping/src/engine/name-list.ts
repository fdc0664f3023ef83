import { isSame } from "./object-of.ts";

/** A row of a table that has nothing to read where none of these attributes is there. */
export interface NeedsAttributes {
  /** Absent: this cannot be said of it. */
  readonly needs?: readonly string[] | undefined;
}

/**
 * The names of a span's attributes, in their order. An instrumentation gives its spans the same ones over and over, so
 * what follows from the names alone is worked out once for all of them.
 */
export class NameList {
  readonly names: readonly string[];
  readonly #known = new Map<object, unknown>();

  constructor(names: readonly string[]) {
    this.names = names;
  }

  /** @param compute the key, too: made once, it does the same whenever it is called. */
  once<T>(compute: (names: readonly string[]) => T): T {
    const found = this.#known.get(compute) as T | undefined; // what the key computed
    if (found !== undefined) return found;
    const value = compute(this.names);
    this.#known.set(compute, value);
    return value;
  }

  /**
   * The rows that may find something. All of them when it is asked for the first time: for names that do not come again
   * it would cost more than it saves. @param table the key, too.
   */
  having<T extends NeedsAttributes>(table: readonly T[]): readonly T[] {
    const found = this.#known.get(table) as readonly T[] | undefined; // what is left of the key
    if (found === undefined) {
      this.#known.set(table, table);
      return table;
    }
    return found === table ? this.#select(table) : found;
  }

  /** The names that are wanted. @param isWanted the key, too: a function of the name alone. */
  where(isWanted: (name: string) => boolean): readonly string[] {
    const found = this.#known.get(isWanted) as readonly string[] | undefined; // what it chose
    if (found !== undefined) return found;
    const names = this.names.filter(isWanted);
    this.#known.set(isWanted, names);
    return names;
  }

  #select<T extends NeedsAttributes>(table: readonly T[]): readonly T[] {
    const all = new Set(this.names);
    const selected = table.filter(({ needs }) => needs === undefined || needs.some((name) => all.has(name)));
    this.#known.set(table, selected);
    return selected;
  }
}

/** Of each length. */
const MAX_LISTS = 8;
const LONGEST_LIST = 64;
const LONGEST_NAME = 256;

const byLength: readonly NameList[][] = Array.from({ length: LONGEST_LIST + 1 }, () => []);

/** The same one for equal names, where they are as few and as short as names mostly are. */
export function nameListOf(names: readonly string[]): NameList {
  const lists = byLength[names.length];
  if (lists === undefined) return new NameList(names);
  for (const list of lists) if (isSame(list.names, names)) return list;
  const list = new NameList(names);
  if (names.some((name) => name.length > LONGEST_NAME)) return list;
  if (lists.length >= MAX_LISTS) lists.pop();
  lists.unshift(list);
  return list;
}
