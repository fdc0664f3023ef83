import type { ExporterStatus, GenAISpanProcessor } from "@genspan/exporter/core";
import { diag } from "@opentelemetry/api";

/** What is done when the process ends. */
export interface EndWatch {
  /** The application ends it itself: the natural end of the process has nothing to deliver any more. */
  leaveToShutdown(): void;
  stopWatching(): void;
}

/**
 * The natural end of the process delivers what is left, and waits no longer than one and a quarter of
 * `shutdownTimeoutMillis`. What an end by `exit()` or an exception takes with it is told.
 */
export function watchEnd(processor: GenAISpanProcessor, shutdownTimeoutMillis = 10_000): EndWatch {
  // `beforeExit` comes again after every wait: what a collector that is away does not take must not keep the process.
  const atEnd = async (): Promise<void> => {
    const { queued } = await processor.flush({ timeoutMillis: shutdownTimeoutMillis / 4 });
    if (queued === 0) return;
    process.off("beforeExit", atEnd);
    const status = processor.status();
    if (isOnDisk(status)) return;
    tellOfWait(status, shutdownTimeoutMillis);
    await processor.shutdown();
  };
  const atExit = (): void => tellOfLoss(processor.status());
  process.on("beforeExit", atEnd);
  process.on("exit", atExit);
  return {
    leaveToShutdown: () => void process.off("beforeExit", atEnd),
    stopWatching: () => void process.off("beforeExit", atEnd).off("exit", atExit),
  };
}

/** Somebody sits before a program that has done its work and does not end. */
function tellOfWait({ destinations }: ExporterStatus, millis: number): void {
  const waiting = destinations.filter(({ gate, queued }) => gate.state === "waiting" && queued > 0);
  if (waiting.length === 0) return;
  const names = waiting.map(({ name, lastError = "" }) => `${name} (${lastError})`).join(" and ");
  diag.warn(
    `genspan: the process waits up to ${Math.ceil(millis / 1000)} s for ${names} to take what is queued; ` +
      "`shutdownTimeoutMillis` or GENSPAN_SHUTDOWN_TIMEOUT_MILLIS says how long.",
  );
}

/** Whether all queues are a spool's: the end of the process stores the rest, and the next process delivers it. */
function isOnDisk({ spool, destinations }: ExporterStatus): boolean {
  return (
    spool?.durable === true && destinations.every(({ storage, queued }) => storage.kind === "spool" || queued === 0)
  );
}

/** A spool has stored what there was by now; what is in memory ends with the process. */
function tellOfLoss({ pending, traces, destinations }: ExporterStatus): void {
  const inMemory = destinations.map(({ storage, queued }) => (storage.kind === "memory" ? queued : 0));
  const left = inMemory.reduce((sum, queued) => sum + queued, pending + traces.waitingSpans);
  if (left === 0) return;
  diag.warn(
    `genspan: the process ended before ${left} of its spans and records were delivered. Await \`shutdown()\` before ` +
      "`process.exit()`, or have a spool: option `spool`, or GENSPAN_SPOOL_DIRECTORY.",
  );
}
