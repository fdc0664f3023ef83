/** When and how often a batch is sent again. */
export interface RetryOptions {
  /** Tries in all. Default: 8. */
  readonly maxAttempts: number;
  /** Delay after the first failure; doubled each time. Default: 500. */
  readonly initialDelayMillis: number;
  /** Longest delay, a server's `Retry-After` included. Default: 30 000. */
  readonly maxDelayMillis: number;
}

/** Full jitter: anything between 0 and the doubled delay, but no sooner than the server asked for. */
export function delayAfter(attempt: number, options: RetryOptions, retryAfterMillis: number | undefined): number {
  const ceiling = Math.min(options.maxDelayMillis, options.initialDelayMillis * 2 ** (attempt - 1));
  const asked = Math.min(Math.max(retryAfterMillis ?? 0, 0), options.maxDelayMillis);
  return Math.max(asked, Math.random() * ceiling);
}

/** `Retry-After` as seconds or as an HTTP date, in milliseconds from `now`; undefined where it is neither. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
