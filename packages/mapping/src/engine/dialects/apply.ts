import { nameInfo } from "./detect.ts";
import type { AttributeRow, Dialect, FlattenedRow, PrefixRow } from "./dialect.ts";
import type { Draft } from "./reading/draft.ts";
import { attributeValue, setFound } from "./reading/found.ts";
import { type Place, Unflattener } from "./unflatten.ts";

/** Attributes of one span that tables know: which rows they have, and where they belong in flattened ones. */
export interface Present {
  /** Row numbers by dialect. */
  readonly rows: readonly (number[] | undefined)[];
  /** Flattened attributes by dialect. */
  readonly places: readonly (Placed[] | undefined)[];
}

interface Placed {
  readonly name: string;
  readonly place: Place;
}

/** One pass over the names, whatever the number of dialects. */
export function presentIn(names: readonly string[]): Present {
  const rows: (number[] | undefined)[] = [];
  const places: (Placed[] | undefined)[] = [];
  for (const name of names) {
    const info = nameInfo(name);
    if (info.rows.length > 0) addRows(rows, info.rows);
    if (info.places.length === 0) continue;
    for (const [dialect, place] of info.places) {
      const list = places[dialect];
      if (list === undefined) places[dialect] = [{ name, place }];
      else list.push({ name, place });
    }
  }
  return { rows, places };
}

function addRows(rows: (number[] | undefined)[], found: readonly (readonly [dialect: number, row: number])[]): void {
  for (const [dialect, row] of found) {
    const list = rows[dialect];
    if (list === undefined) rows[dialect] = [row];
    else list.push(row);
  }
}

/** Reads what a dialect knows of the span. */
export function apply(dialect: Dialect, index: number, draft: Draft, present: Present): void {
  const { flattened, prefixes, gather } = dialect;
  // The order of the table decides, not that of the attributes.
  for (const at of present.rows[index]?.sort((a, b) => a - b) ?? []) {
    const row = dialect.rows[at];
    const value = row && draft.source[row.from];
    if (row === undefined || value === undefined || value === null || draft.isUsed(row.from)) continue;
    tryRow(row, value, draft);
  }
  const places = present.places[index];
  if (flattened !== undefined && places !== undefined) attempt(() => applyFlattened(flattened, places, draft));
  for (const prefix of prefixes ?? []) applyPrefix(prefix, draft);
  if (gather !== undefined) attempt(() => gather(draft));
}

/** A defect of a row, or a value that no row foresaw, costs that row alone. */
export function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // such as JSON that is nested too deeply to be written again
  }
}

/** As {@link attempt}, without a function made for each row of each span. */
function tryRow(row: AttributeRow, value: unknown, draft: Draft): void {
  try {
    applyRow(row, value, draft);
  } catch {
    // as there
  }
}

function applyRow(row: AttributeRow, value: unknown, draft: Draft): void {
  if (row.when !== undefined && !row.when(draft)) return;
  const read = row.read === undefined ? value : row.read(value, draft);
  if (read === undefined) return;
  if (row.from === row.to) {
    if (read !== value && read !== null) draft.replace(row.from, attributeValue(row.from, read));
    return;
  }
  if (row.to !== undefined) setFound(draft, row.to, read, row.keep === true ? "setAbsent" : "set");
  if (row.keep !== true) draft.use(row.from);
}

function applyFlattened(rows: readonly FlattenedRow[], places: readonly Placed[], draft: Draft): void {
  const gathered = new Map<FlattenedRow, { items: Unflattener; names: string[] }>();
  for (const { name, place } of places) {
    if (draft.isUsed(name)) continue;
    let group = gathered.get(place.row);
    if (group === undefined) {
      group = { items: new Unflattener(), names: [] };
      gathered.set(place.row, group);
    }
    group.items.add(place, draft.source[name]);
    group.names.push(name);
  }
  for (const row of rows) {
    const group = gathered.get(row);
    if (group === undefined) continue;
    const read = row.read(group.items.items(), draft);
    if (read === undefined) continue;
    setFound(draft, row.to, read);
    for (const name of group.names) draft.use(name);
  }
}

function applyPrefix({ prefix, keys, drop }: PrefixRow, draft: Draft): void {
  for (const name of draft.names) {
    if (!name.startsWith(prefix) || draft.isUsed(name)) continue;
    const key = name.slice(prefix.length);
    const to = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (to !== undefined) {
      draft.set(to, draft.source[name]);
      draft.use(name);
    } else if (drop === true) draft.use(name);
  }
}
