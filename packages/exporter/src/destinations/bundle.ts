const KEY = "genspan.records";

/** Several records that one span gives: they are queued and stored as one, and delivered in order. */
export interface Bundle {
  readonly [KEY]: readonly unknown[];
}

/** One record as it is, several as a bundle. */
export function bundleOf(records: readonly unknown[]): unknown {
  return records.length === 1 ? records[0] : { [KEY]: records };
}

/** The records of a payload: those of a bundle, else the one that it is. */
export function recordsIn(payload: unknown): readonly unknown[] {
  if (typeof payload !== "object" || payload === null || !(KEY in payload)) return [payload];
  const records: unknown = payload[KEY];
  return Array.isArray(records) ? records : [payload];
}
