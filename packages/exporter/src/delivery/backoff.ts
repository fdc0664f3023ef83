/** When and how often a batch is sent again. */
export interface RetryOptions {
  /** How long a batch is tried again, from its first failure on. Default: no limit; the bounds of the queue decide. */
  readonly maxElapsedMillis: number;
  /** Tries in all. Default: no limit but the time. */
  readonly maxAttempts: number;
  /** Delay after the first failure; doubled each time. Default: 500. */
  readonly initialDelayMillis: number;
  /** Longest delay of our own choosing. Default: 30 000. */
  readonly maxDelayMillis: number;
  /** Longest delay that a server's `Retry-After` is granted. Default: 300 000. */
  readonly maxRetryAfterMillis: number;
  /** When a destination that refuses our key is tried again; doubled each time. Default: 60 000. */
  readonly blockedProbeMillis: number;
  /** Longest of these. Default: 900 000. */
  readonly maxBlockedProbeMillis: number;
  /** An attempt that has not settled by then counts as failed and is tried again. Default: 60 000. */
  readonly attemptTimeoutMillis: number;
}

export const DEFAULT_RETRY: RetryOptions = {
  maxElapsedMillis: Number.POSITIVE_INFINITY,
  maxAttempts: Number.POSITIVE_INFINITY,
  initialDelayMillis: 500,
  maxDelayMillis: 30_000,
  maxRetryAfterMillis: 300_000,
  blockedProbeMillis: 60_000,
  maxBlockedProbeMillis: 900_000,
  attemptTimeoutMillis: 60_000,
};

/**
 * Full jitter: anything between 0 and the doubled delay, but no sooner than the server asked for.
 * @param random between 0 and 1.
 */
export function delayAfter(
  attempt: number,
  options: RetryOptions,
  retryAfterMillis: number | undefined,
  random: number = Math.random(),
): number {
  const ceiling = Math.min(options.maxDelayMillis, options.initialDelayMillis * 2 ** Math.min(attempt - 1, 60));
  const asked = Math.min(Math.max(retryAfterMillis ?? 0, 0), options.maxRetryAfterMillis);
  return Math.max(asked, random * ceiling);
}
