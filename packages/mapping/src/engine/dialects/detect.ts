import { byName } from "../by-name.ts";
import type { ReadableSpanLike } from "../readable-span.ts";
import { scopeOf } from "../readable-span.ts";
import type { Dialect } from "./dialect.ts";
import { CAREFUL } from "./reading/current.ts";
import { DIALECTS } from "./registry.ts";
import { type Place, placeOf } from "./unflatten.ts";

/** What a name of an attribute says, whatever its value. */
export interface NameInfo {
  /** A bit for each dialect of which it is a marker. */
  readonly marks: number;
  /** Where it belongs in the flattened rows of a dialect, by the dialect's index. */
  readonly places: readonly (readonly [dialect: number, place: Place])[];
  /** The rows that begin with it: the dialect's index and the row's. */
  readonly rows: readonly (readonly [dialect: number, row: number])[];
  /** Its value has had other forms in earlier conventions. */
  readonly careful: boolean;
}

const NOTHING: NameInfo = { marks: 0, places: [], rows: [], careful: false };

const exact = new Map<string, number>();
const beginnings: (readonly [string, number])[] = [];
const rowsOf = new Map<string, (readonly [number, number])[]>();
DIALECTS.forEach((dialect, index) => {
  dialect.rows.forEach(({ from }, row) => {
    rowsOf.set(from, [...(rowsOf.get(from) ?? []), [index, row]]);
  });
  for (const marker of dialect.markers) {
    if (marker.endsWith(".")) beginnings.push([marker, 1 << index]);
    else exact.set(marker, (exact.get(marker) ?? 0) | (1 << index));
  }
});

const flattenedRows = DIALECTS.flatMap(({ flattened = [] }, index) => flattened.map((row) => [index, row] as const));

/** Remembered by name: one is looked at closely once. */
export const nameInfo: (name: string) => NameInfo = byName(infoOf);

/** What the names of all attributes of a span say together. */
interface NamesInfo {
  readonly marks: number;
  /** Those whose values are to be looked at. */
  readonly careful: readonly string[];
}

/** A function of the names alone: {@link NameList.once} remembers what it says. */
export function namesInfo(names: readonly string[]): NamesInfo {
  let marks = 0;
  const careful: string[] = [];
  for (const name of names) {
    const info = nameInfo(name);
    marks |= info.marks;
    if (info.careful) careful.push(name);
  }
  return { marks, careful };
}

function infoOf(name: string): NameInfo {
  let marks = exact.get(name) ?? 0;
  for (const [beginning, bit] of beginnings) if (name.startsWith(beginning)) marks |= bit;
  const places: [number, Place][] = [];
  for (const [index, row] of flattenedRows) {
    const place = placeOf(name, row);
    if (place === undefined) continue;
    places.push([index, place]);
    marks |= 1 << index;
  }
  const careful = CAREFUL.has(name);
  const rows = rowsOf.get(name) ?? NOTHING.rows;
  return marks === 0 && !careful && rows.length === 0 ? NOTHING : { marks, places, rows, careful };
}

/** A bit for each dialect that the span's instrumentation scope belongs to. */
export function scopeMarks(span: ReadableSpanLike): number {
  const name = scopeOf(span)?.name;
  return name === undefined ? 0 : marksOfScope(name);
}

const marksOfScope = byName((name) => {
  let marks = 0;
  DIALECTS.forEach(({ scopes }, index) => {
    if (scopes.some((scope) => matches(name, scope))) marks |= 1 << index;
  });
  return marks;
});

function matches(name: string, scope: string): boolean {
  return scope.endsWith("*") ? name.startsWith(scope.slice(0, -1)) : name === scope;
}

/** The dialects of a set of bits, in the order in which they win. */
export function dialectsOf(marks: number, order: readonly number[]): readonly (readonly [number, Dialect])[] {
  return order.flatMap((index) => {
    const dialect = DIALECTS[index];
    return dialect !== undefined && (marks & (1 << index)) !== 0 ? [[index, dialect] as const] : [];
  });
}
