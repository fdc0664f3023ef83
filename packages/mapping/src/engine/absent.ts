/** Absent is absent: what says nothing is left out of records, not written as something empty. */

export function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

export function nonEmptyObject<T extends object>(object: T): T | undefined {
  for (const _field in object) return object;
  return undefined;
}

type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy without the fields that are `undefined`. */
export function defined<T extends object>(value: T): Defined<T> {
  const fields = value as Readonly<Record<string, unknown>>; // an object has fields
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) if (fields[name] !== undefined) copy[name] = fields[name];
  return copy as Defined<T>;
}
