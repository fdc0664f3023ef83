/** Runs `finish` when the process ends by itself, by `exit()` or by an uncaught exception. @returns what undoes it. */
export function atProcessEnd(finish: () => void, { sigterm }: { readonly sigterm: boolean }): () => void {
  if (typeof globalThis.process?.on !== "function") return () => {};
  process.on("exit", finish);
  const onSignal = (): void => {
    finish();
    process.off("SIGTERM", onSignal);
    // The signal's own effect and exit status are left to the next handler, or to the system where there is none.
    if (process.listenerCount("SIGTERM") === 0) process.kill(process.pid, "SIGTERM");
  };
  if (sigterm) process.on("SIGTERM", onSignal);
  return () => {
    process.off("exit", finish);
    process.off("SIGTERM", onSignal);
  };
}
