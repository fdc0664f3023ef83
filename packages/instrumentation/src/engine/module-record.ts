import type { ReachedBy } from "../status-types.ts";

/** Counters and findings of one client library; `status()` reads them. */
export interface ModuleRecord {
  readonly module: string;
  readonly supportedVersions: readonly string[];
  readonly copies: CopyRecord[];
  callsSeen: number;
  spansEnded: number;
  abandoned: number;
  notRecorded: number;
  ownErrors: number;
}

export interface CopyRecord {
  version: string | undefined;
  supported: boolean;
  readonly reachedBy: Set<ReachedBy>;
  file: string | undefined;
  readonly patched: string[];
  /** Why nothing was patched in this copy. */
  unreached: string | undefined;
  readonly missing: { readonly method: string; readonly reason: string }[];
}
