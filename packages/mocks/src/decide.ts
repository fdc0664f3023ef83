import type { Fault } from "./fault.ts";
import type { Intake, IntakeRecord, IntakeRequest, Judged, Reply, Route } from "./intake.ts";
import type { Store } from "./store.ts";

/** What a mock answers to a request, and what it found. */
export interface Decision {
  readonly reply: Reply;
  readonly ids: readonly string[];
  readonly taken: number;
  readonly problems: readonly string[];
}

export interface Deciding {
  readonly intake: Intake;
  readonly key: string | undefined;
  readonly check: ((record: object) => readonly string[]) | undefined;
  readonly store: Store;
}

/** Reads a request as the vendor would, stores what is right, and says what to answer. */
export function decide(
  request: IntakeRequest,
  sentBytes: number,
  fault: Fault | undefined,
  deciding: Deciding,
): Decision {
  const { intake, key } = deciding;
  const found = routeOf(request, intake);
  if ("status" in found) return refusal(intake, found.status, `no such resource: ${request.method} ${request.path}`);
  const { route, match } = found;
  const wrongKey = intake.refusesKey(request.headers, key);
  if (wrongKey !== undefined) return refusal(intake, 401, wrongKey);
  const type = request.headers["content-type"] ?? "";
  if (!route.contentType.test(type)) return refusal(intake, 415, `content type "${type}" is not taken`);
  const mostBytes = Math.min(route.maxBytes ?? Number.POSITIVE_INFINITY, limitOf(fault));
  if (sentBytes > mostBytes) return refusal(intake, 413, `larger than ${mostBytes} bytes`);
  const reading = route.read(request, match);
  if (reading.status === "malformed") return refusal(intake, 400, reading.reason);
  return store(withFault(reading.records, fault), route, request, fault, deciding);
}

function routeOf(
  { method, path }: IntakeRequest,
  { routes }: Intake,
): { readonly route: Route; readonly match: RegExpExecArray } | { readonly status: number } {
  let status = 404;
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match === null) continue;
    if (route.methods.includes(method)) return { route, match };
    status = 405;
  }
  return { status };
}

const limitOf = (fault: Fault | undefined): number =>
  fault?.kind === "limit" ? fault.bytes : Number.POSITIVE_INFINITY;

function withFault(records: readonly IntakeRecord[], fault: Fault | undefined): readonly IntakeRecord[] {
  if (fault?.kind !== "partial") return records;
  const { rejected, message = "refused by the mock" } = fault;
  const count = rejected < 1 ? Math.floor(records.length * rejected) : rejected;
  return records.map((one, index) => (index < count ? { ...one, problems: [...one.problems, message] } : one));
}

function store(
  read: readonly IntakeRecord[],
  route: Route,
  request: IntakeRequest,
  fault: Fault | undefined,
  { intake, check, store }: Deciding,
): Decision {
  const records =
    check === undefined ? read : read.map((one) => ({ ...one, problems: [...one.problems, ...check(one.record)] }));
  const ids = records.map(({ id }) => id);
  const problems = records.flatMap((one) => one.problems);
  const refuse = (status: number, reason: string): Decision => ({ ...refusal(intake, status, reason), ids, problems });
  if (fault?.kind === "poison" && records.some(({ record }) => fault.when(record))) {
    return refuse(fault.status ?? 400, "a record cannot be read");
  }
  const { maxRecords = Number.POSITIVE_INFINITY, refusesSingly = false } = route;
  if (records.length > maxRecords) return refuse(400, `more than ${maxRecords} records`);
  if (!refusesSingly && problems.length > 0) return refuse(intake.invalidStatus, problems.slice(0, 5).join("; "));
  const judged = records.map((one): Judged => {
    if (one.problems.length > 0) return { ...one, outcome: "refused" };
    return { ...one, outcome: store.put(one) ? "stored" : "repeated" };
  });
  const taken = judged.filter(({ outcome }) => outcome !== "refused").length;
  return { reply: route.answer(judged, request), ids, taken, problems };
}

function refusal(intake: Intake, status: number, reason: string): Decision {
  return { reply: { status, body: intake.error(status, reason) }, ids: [], taken: 0, problems: [reason] };
}
