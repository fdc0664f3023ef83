import type { FlattenedRow, Unflattened } from "./dialect.ts";

/** Where one flattened attribute belongs: `llm.input_messages.0.message.tool_calls.1.tool_call.id`. */
export interface Place {
  readonly row: FlattenedRow;
  /** Index of the element: 0. */
  readonly index: number;
  /** The way within the element, names and indices: `["message", "tool_calls", 1, "tool_call", "id"]`. */
  readonly way: readonly (string | number)[];
}

const MAX_STEPS = 12;

/** The place of a name in a flattened row; `undefined` for every name that is not of that row. */
export function placeOf(name: string, row: FlattenedRow): Place | undefined {
  if (!name.startsWith(row.prefix)) return undefined;
  const steps = name.slice(row.prefix.length).split(".", MAX_STEPS);
  const way = steps.map((step) => indexOf(step) ?? step);
  const [index, ...rest] = way;
  if (typeof index !== "number") return undefined;
  const path = rest.map((step) => (typeof step === "number" ? "#" : step)).join(".");
  return row.paths.includes(path) ? { row, index, way: rest } : undefined;
}

/** An index of any size that a number holds exactly; `undefined` for what is none. */
function indexOf(step: string): number | undefined {
  return step.length < 16 && /^\d+$/.test(step) ? Number(step) : undefined;
}

/** Nested values by name. The names are those of a row's paths: none is `__proto__`. */
class Level {
  [name: string]: unknown;
}

/** Values by index. Names and indices never share a level: the row's paths say which stand where. */
class Items {
  readonly #indices: number[] = [];
  readonly #values: unknown[] = [];
  /** Where each index is, from the moment that one came out of order. */
  #positions: Map<number, number> | undefined;

  get(index: number): unknown {
    const position = this.#find(index);
    return position === undefined ? undefined : this.#values[position];
  }

  set(index: number, value: unknown): void {
    const position = this.#find(index);
    if (position !== undefined) {
      this.#values[position] = value;
      return;
    }
    this.#positions?.set(index, this.#indices.length);
    this.#indices.push(index);
    this.#values.push(value);
  }

  /** In the order of the indices; gaps are closed. */
  closed(): readonly unknown[] {
    const values = this.#values.map(closed);
    if (this.#positions === undefined) return values;
    return [...this.#positions].sort(([a], [b]) => a - b).map(([, position]) => values[position]);
  }

  #find(index: number): number | undefined {
    if (this.#positions === undefined) {
      const last = this.#indices.length - 1;
      if (this.#indices[last] === index) return last;
      if (index > (this.#indices[last] ?? -1)) return undefined;
      this.#positions = new Map(this.#indices.map((one, at) => [one, at]));
    }
    return this.#positions.get(index);
  }
}

/** Puts flattened values together again. Indices may come in any order, have gaps and be huge: only their order counts. */
export class Unflattener {
  readonly #elements: Items = new Items();

  add({ index, way }: Place, value: unknown): void {
    let level: Items | Level = child(this.#elements, index, way[0]);
    for (let step = 0; step < way.length - 1; step++) level = child(level, way[step] ?? "", way[step + 1]);
    put(level, way.at(-1) ?? "", value);
  }

  /** The elements in the order of their indices. */
  items(): readonly Unflattened[] {
    return this.#elements.closed() as readonly Unflattened[]; // every element has names
  }
}

function child(level: Items | Level, step: string | number, next: string | number | undefined): Items | Level {
  const found = level instanceof Items ? level.get(Number(step)) : level[step];
  if (found instanceof Level || found instanceof Items) return found;
  const made = typeof next === "number" ? new Items() : new Level();
  put(level, step, made);
  return made;
}

function put(level: Items | Level, step: string | number, value: unknown): void {
  if (level instanceof Items) level.set(Number(step), value);
  else level[step] = value;
}

/** Arrays in the place of indexed values, all the way down. */
function closed(value: unknown): unknown {
  if (value instanceof Items) return value.closed();
  if (value instanceof Level) for (const name in value) value[name] = closed(value[name]);
  return value;
}
