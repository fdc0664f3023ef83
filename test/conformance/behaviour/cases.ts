/** Which cases a client library can make. */
import type { BehaviourCase } from "./case.ts";
import type { Driver } from "./driver.ts";
import { clientCases } from "./generic/client.ts";
import { errorCases } from "./generic/error.ts";
import { plainCases } from "./generic/plain.ts";
import { stainlessCases } from "./generic/stainless.ts";
import { stopCases } from "./generic/stop.ts";
import { streamCases } from "./generic/stream.ts";

/** The general cases, in which a case of the driver's own takes the place of the one with its name, then its other ones. */
export function allCasesOf(driver: Driver): readonly BehaviourCase[] {
  const general = [plainCases, streamCases, stopCases, errorCases, clientCases, stainlessCases].flatMap((make) =>
    make(driver),
  );
  const own = driver.cases ?? [];
  return [
    ...general.map((candidate) => own.find(({ name }) => name === candidate.name) ?? candidate),
    ...own.filter(({ name }) => !general.some((candidate) => candidate.name === name)),
  ];
}

/** Those of this version, and of the names given. */
export function casesOf(
  driver: Driver,
  { major, cases }: { readonly major: number; readonly cases?: readonly string[] | undefined },
): readonly BehaviourCase[] {
  return allCasesOf(driver).filter(
    ({ name, since = 0 }) => since <= major && (cases === undefined || cases.includes(name)),
  );
}
