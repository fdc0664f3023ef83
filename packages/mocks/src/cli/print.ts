import type { Intake } from "../intake.ts";
import type { Mock, MockRequest } from "../mock.ts";

const MAX_SUMMARIES = 3;

/** One line for a request: when, where, what came of it, and the first few of its records. */
export function requestLine(name: string, request: MockRequest, time: Date, summaries: readonly string[]): string {
  const { method, path, status, taken, ids, bytes, problems, fault } = request;
  const shown = summaries.slice(0, MAX_SUMMARIES).filter(Boolean);
  const more = summaries.length > MAX_SUMMARIES ? `, ${summaries.length - MAX_SUMMARIES} more` : "";
  return [
    time.toISOString().slice(11, 23),
    name,
    `${method} ${path}`,
    status ?? "no answer",
    `${taken} of ${ids.length} taken`,
    `${(bytes / 1000).toFixed(1)} kB`,
    shown.length > 0 ? `[${shown.join(", ")}${more}]` : undefined,
    fault === undefined ? undefined : `(${fault}, as told)`,
    problems.length > 0 ? `PROBLEMS: ${problems.slice(0, MAX_SUMMARIES).join("; ")}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join("  ");
}

/** The records of a request, as far as the mock has them. */
export function summariesOf(
  mock: Pick<Mock, "records">,
  intake: Intake,
  { ids, taken }: MockRequest,
): readonly string[] {
  if (taken === 0) return [];
  const wanted = new Set(ids);
  return mock.records.filter(({ id }) => wanted.has(id)).map(({ record }) => intake.summary(record));
}

/** What a mock got in all. */
export function totals(name: string, { size, duplicates, requests, problems }: Mock, intake: Intake): string {
  return `${name}: ${requests.length} requests, ${size} × ${intake.recordName}, ${duplicates} of them again, ${problems.length} problems`;
}
