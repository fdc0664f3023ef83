import { parseRetryAfter } from "../backoff.ts";
import type { SendResult } from "../destination.ts";
import type { TransportRequest } from "./transport.ts";

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The beginning of the body, for messages. */
  readonly body: string;
}

/** Bad request, too large, unprocessable: a smaller batch, or one without the bad record, may be taken. */
const DIVISIBLE: readonly number[] = [400, 413, 422];
const MOST_DETAIL = 300;

type Rules = Pick<TransportRequest, "retryableStatuses" | "refusalIn">;

/** What an HTTP reply means for the batch. `where` names the request, such as `POST /logs`. */
export function judge(reply: HttpReply, rules: Rules, where: string, now: number): SendResult {
  const { status } = reply;
  if (status >= 200 && status < 300) return judgeSuccess(reply, rules, where);
  const reason = `${where}: HTTP ${status}`;
  const detail = reply.body.slice(0, MOST_DETAIL).trim() || undefined;
  if (!rules.retryableStatuses.includes(status))
    return { status: "failure", reason, detail, divisible: DIVISIBLE.includes(status) };
  const header = reply.headers["retry-after"];
  const retryAfterMillis = parseRetryAfter(typeof header === "string" ? header : undefined, now);
  return { status: "retryable", reason, detail, retryAfterMillis };
}

function judgeSuccess({ status, body }: HttpReply, { refusalIn }: Rules, where: string): SendResult {
  const refusal = refusalIn?.(body);
  if (refusal === undefined) return { status: "success" };
  const reason = `${where}: HTTP ${status}, but ${refusal.reason}`;
  return refusal.retryable ? { status: "retryable", reason } : { status: "failure", reason, divisible: true };
}
