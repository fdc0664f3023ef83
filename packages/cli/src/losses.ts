import { lostFields, type VendorFormat } from "@genspan/mapping";

/** Records of one writer look alike: those of a new look are looked into, up to so many looks. */
const MAX_SHAPES = 500;
/** Deeper than that, and further into lists, records differ by content alone. */
const DEEPEST = 4;
const LONGEST = 3;

/** Tells once of every field of the records that the spans have no place for. */
export class Losses {
  readonly #format: VendorFormat;
  readonly #shapes: Set<string> = new Set();
  readonly #told: Set<string> = new Set();

  constructor(format: VendorFormat) {
    this.#format = format;
  }

  /** Fields that are lost with this record and that were not told of before. */
  of(record: object): readonly string[] {
    if (this.#shapes.size >= MAX_SHAPES) return [];
    const shape = shapeOf(record, 0);
    if (this.#shapes.has(shape)) return [];
    this.#shapes.add(shape);
    const found = lostFields(this.#format, record).filter((field) => !this.#told.has(field));
    for (const field of found) this.#told.add(field);
    return found;
  }
}

/** The names of the fields and the kinds of their values. */
function shapeOf(value: unknown, depth: number): string {
  if (typeof value !== "object" || value === null) return value === null ? "-" : (typeof value).charAt(0);
  if (depth > DEEPEST) return "…";
  if (Array.isArray(value)) {
    const first = value.slice(0, LONGEST).map((inner) => shapeOf(inner, depth + 1));
    return `[${[...new Set(first)].join()}]`;
  }
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}:${shapeOf(inner, depth + 1)}`)
    .join()}}`;
}
