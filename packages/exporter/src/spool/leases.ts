import { builtin } from "../runtime/builtin.ts";
import type { Owner, Store } from "./store.ts";

/** Where a process id means something: the machine, and on Linux the container's own space of process ids. */
export function hostName(): string {
  let space = "";
  try {
    space = builtin("node:fs")?.readlinkSync("/proc/self/ns/pid") ?? "";
  } catch {
    // There are no such spaces on this system.
  }
  return `${builtin("node:os")?.hostname() ?? ""} ${space}`.trim();
}

/**
 * Ends leases that are over: expired, or of a process that is not there any more. Within a transaction.
 * A process id of ours under another owner's number is a process that had it before us, unless another thread of this
 * process has a spool of its own: that one keeps its lease.
 */
export function endLeases(store: Store, me: Owner, now: number): void {
  for (const owner of store.owners()) {
    if (owner.id !== me.id && isOver(owner, me, now)) store.release(owner.id);
  }
}

/** Whether a lease has expired, or is of a process that is not there any more. */
export function isOver(owner: Owner & { readonly expires: number }, me: Omit<Owner, "id">, now: number): boolean {
  const isGone = owner.host === me.host && owner.pid !== me.pid && !isAlive(owner.pid);
  return isGone || owner.expires <= now;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user: alive all the same.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
