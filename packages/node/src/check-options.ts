import { z } from "zod";
import { ConfigError } from "./config-error.ts";
import type { RegisterOptions } from "./register-with.ts";

const amount = z.custom((value) => typeof value === "number" && value >= 0, "must be a number").optional();
const flag = z.boolean("must be true or false").optional();
const hook = z.custom((value) => typeof value === "function", "must be a function").optional();
const provider = z.custom((value) => typeof value === "object" && value !== null, "must be an object").optional();
const word = (...allowed: readonly string[]) =>
  z.enum(allowed, `must be ${allowed.map((one) => `"${one}"`).join(" or ")}`).optional();
const part = (fields: z.ZodRawShape) => z.strictObject(fields, "must be an object").optional();
const overflow = word("drop-oldest", "drop-newest", "block");
const value = z.union([z.string(), z.number(), z.boolean()], "must be a text, a number, true or false");

/** Every option has a line: the compiler demands them all. Destinations and redaction say themselves what is wrong. */
const fields = {
  destinations: z.array(z.unknown(), 'must be a list such as ["otlp"]'),
  serviceName: z.string("must be a text").optional(),
  resourceAttributes: z.record(z.string(), value, "must be an object").optional(),
  global: flag,
  captureContent: word("none", "span", "event", "both"),
  contentMaxLength: amount,
  captureRaw: flag,
  captureStacktrace: flag,
  streamUsage: word("never", "request", "count"),
  countTokens: hook,
  mediaMaxBytes: amount,
  onMedia: hook,
  meterProvider: provider,
  loggerProvider: provider,
  shouldExport: hook,
  redact: z.unknown().optional(),
  reading: provider,
  queue: part({ maxItems: amount, maxBytes: amount, overflow }),
  spool: part({
    directory: z.string("must be a path").min(1, "must be a path"),
    maxBytes: amount,
    overflow,
    durability: word("group", "sync"),
    driver: word("node:sqlite", "better-sqlite3"),
    leaseMillis: amount,
    maxDeadBytes: amount,
  }),
  blockTimeoutMillis: amount,
  exportMode: word("batch", "immediate"),
  waitUntil: hook,
  handleSigterm: flag,
  retry: part({
    maxElapsedMillis: amount,
    maxAttempts: amount,
    initialDelayMillis: amount,
    maxDelayMillis: amount,
    maxRetryAfterMillis: amount,
    blockedProbeMillis: amount,
    maxBlockedProbeMillis: amount,
    attemptTimeoutMillis: amount,
  }),
  assembly: part({
    traceTimeoutMillis: amount,
    graceMillis: amount,
    maxTraces: amount,
    maxSpansPerTrace: amount,
    maxBytes: amount,
  }),
  maxPendingSpans: amount,
  maxPendingBytes: amount,
  flushTimeoutMillis: amount,
  shutdownTimeoutMillis: amount,
  onDeadLetter: hook,
} satisfies Record<keyof RegisterOptions, z.ZodType>;

const schema = z.strictObject(fields, 'must be an object such as { destinations: ["otlp"] }');

/**
 * For who writes JavaScript, which no compiler reads.
 * @throws {ConfigError} that names every option which is wrong or unknown.
 */
export function checkOptions(options: unknown): void {
  const { error } = schema.safeParse(options);
  if (error === undefined) return;
  const clauses = error.issues.map((issue) => {
    const at = issue.path.join(".") || "the options";
    return issue.code === "unrecognized_keys"
      ? `${at}: unknown key ${issue.keys.join(", ")}`
      : `${at} ${issue.message}`;
  });
  throw new ConfigError(`genspan: register(): ${clauses.join("; ")}.`);
}
