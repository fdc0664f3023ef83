import { parseRetryAfter } from "../backoff.ts";
import type { SendResult } from "../destination.ts";

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The beginning of the body, for messages. */
  readonly body: string;
}

/** Bad request, too large, unprocessable: a smaller batch, or one without the bad record, may be taken. */
const DIVISIBLE: readonly number[] = [400, 413, 422];
const MOST_DETAIL = 300;

/** What an HTTP reply means for the batch. `where` names the request, such as `POST /logs`. */
export function judge(reply: HttpReply, retryable: readonly number[], where: string, now: number): SendResult {
  const { status } = reply;
  if (status >= 200 && status < 300) return { status: "success" };
  const reason = `${where}: HTTP ${status}`;
  const detail = reply.body.slice(0, MOST_DETAIL).trim() || undefined;
  if (!retryable.includes(status)) return { status: "failure", reason, detail, divisible: DIVISIBLE.includes(status) };
  const header = reply.headers["retry-after"];
  const retryAfterMillis = parseRetryAfter(typeof header === "string" ? header : undefined, now);
  return { status: "retryable", reason, detail, retryAfterMillis };
}
