import type { SendResult } from "../destination.ts";
import type { HttpReply } from "./exchange.ts";
import { parseRetryAfter } from "./retry-after.ts";
import type { TransportRequest } from "./transport.ts";

/** Bad request, too large, unprocessable: a smaller batch, or one without the bad record, may be taken. */
const DIVISIBLE: readonly number[] = [400, 413, 422];
/** Nobody gets anything taken before the key, or the proxy's, is set right. */
export const BLOCKED_STATUSES: readonly number[] = [401, 403, 407];
/**
 * The receiver is overloaded or away, whatever it is sent. After no other status may OTLP be sent again (OTLP specification
 * 1.x, "Retryable Response Codes").
 */
export const OTLP_RETRYABLE_STATUSES: readonly number[] = [429, 502, 503, 504];
const TOO_LARGE = 413;
const MAX_DETAIL = 300;

type Rules = Pick<TransportRequest, "retryableStatuses" | "refusalIn" | "rejectedIn">;

/** What an HTTP reply means for the batch. `where` names the request, such as `POST /logs`. */
export function judge(reply: HttpReply, rules: Rules, where: string, now: number): SendResult {
  const { status } = reply;
  if (status >= 200 && status < 300) return judgeSuccess(reply, rules, where);
  const reason = `${where}: HTTP ${status}`;
  const detail = textOf(reply).slice(0, MAX_DETAIL).trim() || undefined;
  if (rules.retryableStatuses.includes(status)) {
    const header = reply.headers["retry-after"];
    const retryAfterMillis = parseRetryAfter(typeof header === "string" ? header : undefined, now);
    return {
      status: "retryable",
      reason,
      detail,
      retryAfterMillis,
      isAboutBatch: !OTLP_RETRYABLE_STATUSES.includes(status),
    };
  }
  if (BLOCKED_STATUSES.includes(status)) return { status: "blocked", reason, detail };
  const divisible = DIVISIBLE.includes(status);
  return { status: "failure", reason, detail, divisible, tooLarge: status === TOO_LARGE };
}

function judgeSuccess(reply: HttpReply, { refusalIn, rejectedIn }: Rules, where: string): SendResult {
  const rejected = rejectedIn?.(reply.body);
  if (rejected !== undefined) return { status: "success", rejected: rejected.count, detail: rejected.message };
  const refusal = refusalIn?.(textOf(reply));
  if (refusal === undefined) return { status: "success" };
  const reason = `${where}: HTTP ${reply.status}, but ${refusal.reason}`;
  return refusal.retryable ? { status: "retryable", reason } : { status: "failure", reason, divisible: true };
}

function textOf({ body }: HttpReply): string {
  return Buffer.from(body).toString("utf8");
}
