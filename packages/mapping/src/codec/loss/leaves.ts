/** A text, a number or a boolean of a record, and where it stands. */
export interface Leaf {
  /** Fields with dots, places in lists in brackets: `request.messages[0].content`. */
  readonly path: string;
  /** Name of the innermost field; places in lists have none of their own. */
  readonly key: string;
  /** {@link path} without places in lists, as field tables name fields. */
  readonly field: string;
  readonly value: string | number | boolean;
}

/** All leaves of a value, by path. `null` and empty lists and objects say nothing. */
export function leavesOf(value: unknown): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  gather(value, { path: "", key: "", field: "" }, leaves);
  return leaves;
}

/** Those of the first that the second has not, or has with another value. */
export function changedLeaves(
  before: ReadonlyMap<string, Leaf>,
  after: ReadonlyMap<string, Leaf>,
): ReadonlyMap<string, Leaf> {
  return new Map([...before].filter(([path, { value }]) => after.get(path)?.value !== value));
}

type Place = Omit<Leaf, "value">;

function gather(value: unknown, place: Place, leaves: Map<string, Leaf>): void {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    leaves.set(place.path, { ...place, value });
  } else if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) gather(inner, { ...place, path: `${place.path}[${index}]` }, leaves);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) gather(inner, within(place, key), leaves);
  }
}

function within({ path, field }: Place, key: string): Place {
  return { path: path === "" ? key : `${path}.${key}`, key, field: field === "" ? key : `${field}.${key}` };
}

/** The fields that hold leaves: of many in one list or object, that. */
export function placesOf(leaves: Iterable<Leaf>): readonly string[] {
  const byField = new Map<string, string>();
  for (const { path } of leaves) {
    const [top = path] = /^[^.[]+(?:\[\d+\]\.?[^.[]*)*/.exec(path) ?? [];
    const known = byField.get(top);
    byField.set(top, known === undefined ? path : commonPlace(known, path));
  }
  return [...byField.values()];
}

/** The longest beginning that both paths have, up to a whole field or place. */
function commonPlace(a: string, b: string): string {
  if (a === b || b.startsWith(`${a}.`) || b.startsWith(`${a}[`)) return a;
  let end = 0;
  for (let at = 0; at < Math.min(a.length, b.length) && a[at] === b[at]; at++) {
    if (a[at + 1] === "." || a[at + 1] === "[") end = at + 1;
  }
  return a.slice(0, end);
}
