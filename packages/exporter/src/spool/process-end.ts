/** Runs `finish` when the process ends by itself, by `exit()` or by an uncaught exception. @returns what undoes it. */
export function atProcessEnd(finish: () => void): () => void {
  if (typeof globalThis.process?.on !== "function") return () => {};
  process.on("exit", finish);
  return () => process.off("exit", finish);
}

/**
 * Runs `finish` when SIGTERM comes; then the signal takes its effect, as a second one does at once. Where the application
 * handles it as well, how the process ends is left to that, and what it does until then is recorded.
 * @returns what undoes it.
 */
export function atSigterm(finish: () => unknown): () => void {
  if (typeof globalThis.process?.on !== "function") return () => {};
  const onSignal = async (): Promise<void> => {
    process.off("SIGTERM", onSignal);
    if (process.listenerCount("SIGTERM") > 0) return;
    await finish();
    process.kill(process.pid, "SIGTERM");
  };
  process.on("SIGTERM", onSignal);
  return () => process.off("SIGTERM", onSignal);
}
