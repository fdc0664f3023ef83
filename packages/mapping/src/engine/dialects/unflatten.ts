import type { FlattenedRow, Unflattened } from "./dialect.ts";

/** Where one flattened attribute belongs: `llm.input_messages.0.message.tool_calls.1.tool_call.id`. */
export interface Place {
  readonly row: FlattenedRow;
  /** Index of the element: 0. */
  readonly index: number;
  /** The way within the element, names and indices: `["message", "tool_calls", 1, "tool_call", "id"]`. */
  readonly way: readonly (string | number)[];
}

const MOST_STEPS = 12;

/** The place of a name in the first row that knows its path; `undefined` for every other name. */
export function placeOf(name: string, rows: readonly FlattenedRow[]): Place | undefined {
  for (const row of rows) {
    if (!name.startsWith(row.prefix)) continue;
    const steps = name.slice(row.prefix.length).split(".", MOST_STEPS);
    const way = steps.map((step) => indexOf(step) ?? step);
    const [index, ...rest] = way;
    if (typeof index !== "number") continue;
    const path = rest.map((step) => (typeof step === "number" ? "#" : step)).join(".");
    if (row.paths.includes(path)) return { row, index, way: rest };
  }
  return undefined;
}

/** An index of any size that a number holds exactly; `undefined` for what is none. */
function indexOf(step: string): number | undefined {
  return step.length < 16 && /^\d+$/.test(step) ? Number(step) : undefined;
}

/** A nested value while it is put together: by name, and by index where the names are indices. */
type Node = Map<string | number, unknown>;

/** Puts flattened values together again. Indices may come in any order, have gaps and be huge: only their order counts. */
export class Unflattener {
  readonly #elements: Node = new Map();

  add({ index, way }: Place, value: unknown): void {
    let node = child(this.#elements, index);
    const last = way.length - 1;
    for (let step = 0; step < last; step++) node = child(node, way[step] ?? "");
    node.set(way[last] ?? "", value);
  }

  /** The elements in the order of their indices. */
  items(): readonly Unflattened[] {
    return closed(this.#elements) as readonly Unflattened[]; // every element is a node with names
  }
}

function child(node: Node, step: string | number): Node {
  const found = node.get(step);
  if (found instanceof Map) return found as Node; // maps in here are nodes: attribute values are never maps
  const made: Node = new Map();
  node.set(step, made);
  return made;
}

/** An array where all keys are indices, else an object. Names are those of a row's paths: none is `__proto__`. */
function closed(node: Node): unknown {
  const indexed = typeof node.keys().next().value === "number";
  if (indexed) {
    const entries = [...node] as [number, unknown][]; // names and indices never share a node: the row's paths say which
    for (let at = 1; at < entries.length; at++) {
      if ((entries[at]?.[0] ?? 0) < (entries[at - 1]?.[0] ?? 0)) {
        entries.sort(([a], [b]) => a - b);
        break;
      }
    }
    return entries.map(([, value]) => (value instanceof Map ? closed(value as Node) : value));
  }
  const object: Record<string, unknown> = {};
  for (const [name, value] of node) object[name] = value instanceof Map ? closed(value as Node) : value;
  return object;
}
