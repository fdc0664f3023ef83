/** A text, a number or a boolean of a record, and where it stands. */
export interface Leaf {
  /** Names of fields, which may have dots of their own, and places in lists. */
  readonly steps: readonly (string | number)[];
  /** Name of the innermost field; places in lists have none of their own. */
  readonly key: string;
  /** Names of the fields with dots between them, as field tables name them: `request.messages.content`. */
  readonly field: string;
  readonly value: string | number | boolean;
}

type Steps = Leaf["steps"];

/** All leaves of a value. `null` and empty lists and objects say nothing. */
export function leavesOf(value: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  gather(value, { steps: [], key: "", field: "" }, leaves);
  return leaves;
}

/** Those that another value has not, or has otherwise. */
export function leavesMissingIn(other: unknown, leaves: readonly Leaf[]): readonly Leaf[] {
  return leaves.filter(({ steps, value }) => valueAt(other, steps) !== value);
}

function valueAt(value: unknown, steps: Steps): unknown {
  let inner = value;
  for (const step of steps) {
    if (typeof inner !== "object" || inner === null || !Object.hasOwn(inner, step)) return undefined;
    inner = (inner as Readonly<Record<string | number, unknown>>)[step]; // it has it
  }
  return inner;
}

function gather(value: unknown, place: Omit<Leaf, "value">, leaves: Leaf[]): void {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    leaves.push({ ...place, value });
  } else if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) gather(inner, { ...place, steps: [...place.steps, index] }, leaves);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const field = place.field === "" ? key : `${place.field}.${key}`;
      gather(inner, { steps: [...place.steps, key], key, field }, leaves);
    }
  }
}

/** Where leaves are, such as `request.messages[0].content`: of many in one field of the record, what is around them all. */
export function placesOf(leaves: readonly Leaf[]): readonly string[] {
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
