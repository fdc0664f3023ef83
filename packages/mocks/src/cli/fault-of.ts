import type { Fault } from "../fault.ts";

export const FAULT_WORDS =
  "503 (any status), refuse, hang, slow:<ms>, reset, lost-reply, cut, partial:<n>, limit:<bytes>";

export interface FaultWords {
  /** As `FAULT_WORDS` say, such as `503`, `slow:5000` or `partial:3`. */
  readonly fault: string;
  readonly retryAfter: string | undefined;
}

/** The faults that can be written on a command line; undefined for words that are none. */
export function faultOf({ fault, retryAfter }: FaultWords): Fault | undefined {
  const [kind = "", given] = fault.split(":");
  const number = given === undefined ? Number.NaN : Number(given);
  if (/^[1-5]\d\d$/.test(kind)) {
    return { kind: "status", status: Number(kind), ...(retryAfter !== undefined && { retryAfter }) };
  }
  switch (kind) {
    case "refuse":
    case "hang":
    case "cut":
      return { kind };
    case "reset":
      return { kind: "reset", when: "before-storing" };
    case "lost-reply":
      return { kind: "reset", when: "after-storing" };
    case "slow":
      return number >= 0 ? { kind: "slow", millis: number } : undefined;
    case "partial":
      return number > 0 ? { kind: "partial", rejected: number } : undefined;
    case "limit":
      return number > 0 ? { kind: "limit", bytes: number } : undefined;
    default:
      return undefined;
  }
}
