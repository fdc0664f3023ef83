/** A text, a number or a boolean of a record, and where it stands. */
export interface Leaf {
  /** Fields with dots, places in lists in brackets: `request.messages[0].content`. */
  readonly path: string;
  /** The same, one by one: names of fields may have dots of their own. */
  readonly steps: readonly (string | number)[];
  /** Name of the innermost field; places in lists have none of their own. */
  readonly key: string;
  /** {@link path} without places in lists, as field tables name fields. */
  readonly field: string;
  readonly value: string | number | boolean;
}

/** All leaves of a value, by path. `null` and empty lists and objects say nothing. */
export function leavesOf(value: unknown): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  gather(value, { path: "", steps: [], key: "", field: "" }, leaves);
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
    for (const [index, inner] of value.entries()) gather(inner, { ...place, ...at(place, index) }, leaves);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) gather(inner, within(place, key), leaves);
  }
}

function at({ path, steps }: Place, index: number): Pick<Place, "path" | "steps"> {
  return { path: `${path}[${index}]`, steps: [...steps, index] };
}

function within({ path, steps, field }: Place, key: string): Place {
  return {
    path: path === "" ? key : `${path}.${key}`,
    steps: [...steps, key],
    key,
    field: field === "" ? key : `${field}.${key}`,
  };
}

type Steps = Leaf["steps"];

/** The fields that hold leaves: of many in one field of the record, what is around them all. */
export function placesOf(leaves: Iterable<Leaf>): readonly string[] {
  const byField = new Map<string | number | undefined, Steps>();
  for (const { steps } of leaves) {
    const top = steps.find((step) => typeof step === "string");
    const known = byField.get(top);
    byField.set(top, known === undefined ? steps : commonSteps(known, steps));
  }
  return [...byField.values()].map(pathOf);
}

function commonSteps(a: Steps, b: Steps): Steps {
  const end = a.findIndex((step, index) => step !== b[index]);
  return end < 0 ? a : a.slice(0, end);
}

function pathOf(steps: Steps): string {
  return steps
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}
