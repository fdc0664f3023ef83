import { diag } from "@opentelemetry/api";

const KNOWN: readonly string[] = [
  "GENSPAN_CAPTURE_CONTENT",
  "GENSPAN_CAPTURE_RAW",
  "GENSPAN_CAPTURE_STACKTRACE",
  "GENSPAN_DESTINATIONS",
  "GENSPAN_DISABLED",
  "GENSPAN_GLOBAL",
  "GENSPAN_HANDLE_SIGTERM",
  "GENSPAN_MEDIA_MAX_BYTES",
  "GENSPAN_REDACT",
  "GENSPAN_SHUTDOWN_TIMEOUT_MILLIS",
  "GENSPAN_SPOOL_DIRECTORY",
  "GENSPAN_SPOOL_DRIVER",
  "GENSPAN_SPOOL_DURABILITY",
  "GENSPAN_SPOOL_MAX_BYTES",
  "GENSPAN_SPOOL_OVERFLOW",
  "GENSPAN_STREAM_USAGE",
];

/** Tells of variables that have our prefix and that nothing of ours reads: otherwise nobody notices a letter that is missing. */
export function warnOfVariables(environment: Readonly<Record<string, string | undefined>>): void {
  const unknown = Object.keys(environment).filter((name) => name.startsWith("GENSPAN_") && !KNOWN.includes(name));
  if (unknown.length === 0) return;
  diag.warn(`genspan: ${unknown.join(", ")} is read by nothing; there are ${KNOWN.join(", ")}.`);
}
