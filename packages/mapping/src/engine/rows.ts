import { nonEmptyObject } from "./absent.ts";
import type { GenAISpan } from "./genai-span.ts";
import type { NeedsAttributes } from "./name-list.ts";
import { MAX_ADDED, objectOf } from "./object-of.ts";
import type { Trace } from "./trace.ts";

/** What a row may read. `span` is the span that the record is made of; for a whole-trace record, its root. */
export interface MappingInput<TOptions> {
  readonly span: GenAISpan;
  /** The spans that are known of the trace: all of them where the vendor's unit is a trace. */
  readonly trace: Trace;
  /** The vendor's options, with defaults. */
  readonly options: TOptions;
}

/** A field that is read from the span, its trace, the context or the options. */
export interface FilledRow<TValue, TOptions> {
  /** Where the value comes from, for the docs: attribute names, options, and the rule in a few words. */
  readonly source: string;
  /** Without one of these attributes there is nothing to read. Left out where the value may come from elsewhere. */
  readonly needs?: readonly string[] | undefined;
  /** `undefined` leaves the field out: absent is absent. */
  readonly read: (input: MappingInput<TOptions>) => TValue | undefined;
}

/** A documented field that no span can fill. */
export interface UnavailableRow {
  /** Why. */
  readonly unavailable: string;
}

/** A field that is an object with documented fields of its own; left out when all of them are absent. */
export interface NestedRow<TValue, TOptions> {
  readonly source: string;
  readonly rows: Mapping<TValue, TOptions>;
}

/** Where the value of one field comes from, or why there is none. */
export type Row<TValue, TOptions> =
  | FilledRow<TValue, TOptions>
  | UnavailableRow
  | NestedRow<Exclude<TValue, null>, TOptions>;

/** One row for each documented field of a record: the compiler demands them all. */
export type Mapping<TRecord, TOptions> = {
  readonly [Field in keyof TRecord]-?: Row<Exclude<TRecord[Field], undefined>, TOptions>;
};

/** One line of a printed field table. */
export interface FieldDescription {
  /** Path of the field, nested ones with dots. */
  readonly field: string;
  readonly available: boolean;
  /** Where the value comes from, or why there is none. */
  readonly source: string;
}

/** Walks the rows and makes the record. Fields whose row reads `undefined` are left out. */
export function mapRows<TRecord extends object, TOptions>(
  mapping: Mapping<TRecord, TOptions>,
  input: MappingInput<TOptions>,
): TRecord {
  return runSteps(stepsOf(mapping), input) as TRecord; // required fields are the rows' promise; the schema checks them
}

/** A row that may fill its field. The options are those of the vendor whose mapping it was made of. */
interface Step extends NeedsAttributes {
  readonly field: string;
  readonly read: ((input: MappingInput<never>) => unknown) | undefined;
  /** Of an object with fields of its own. */
  readonly steps: readonly Step[];
}

const known = new WeakMap<object, readonly Step[]>();

/** The rows that can be filled, looked through once: most fields of a large record cannot. */
function stepsOf(mapping: object): readonly Step[] {
  let steps = known.get(mapping);
  if (steps === undefined) {
    steps = Object.entries<Row<unknown, never>>(mapping as Mapping<Record<string, unknown>, never>).flatMap(
      ([field, row]): readonly Step[] => {
        if ("unavailable" in row) return [];
        if ("read" in row) return [{ field, read: row.read, needs: row.needs, steps: [] }];
        return [{ field, read: undefined, steps: stepsOf(row.rows) }];
      },
    );
    known.set(mapping, steps);
  }
  return steps;
}

function runSteps(all: readonly Step[], input: MappingInput<unknown>): Record<string, unknown> {
  const steps = input.span.names.having(all);
  if (steps.length <= MAX_ADDED) return smallRecord(steps, input);
  const names: string[] = [];
  const values: unknown[] = [];
  for (const step of steps) {
    const value = valueBy(step, input);
    if (value === undefined) continue;
    names.push(step.field);
    values.push(value);
  }
  return objectOf(names, values);
}

/** Without lists of what there is. */
function smallRecord(steps: readonly Step[], input: MappingInput<unknown>): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const step of steps) {
    const value = valueBy(step, input);
    if (value !== undefined) record[step.field] = value;
  }
  return record;
}

function valueBy({ read, steps }: Step, input: MappingInput<unknown>): unknown {
  return read === undefined ? nonEmptyObject(runSteps(steps, input)) : read(input as MappingInput<never>);
}

/** The field table of a mapping, in the order of its rows. */
export function describeRows<TRecord, TOptions>(
  mapping: Mapping<TRecord, TOptions>,
  prefix = "",
): readonly FieldDescription[] {
  return Object.entries<Row<unknown, TOptions>>(mapping).flatMap(([name, row]): readonly FieldDescription[] => {
    const field = prefix + name;
    if ("unavailable" in row) return [{ field, available: false, source: row.unavailable }];
    const own = { field, available: true, source: row.source };
    return "rows" in row
      ? [own, ...describeRows(row.rows as Mapping<Record<string, unknown>, TOptions>, `${field}.`)]
      : [own];
  });
}
