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
}

export interface CopyRecord {
  version: string | undefined;
  supported: boolean;
  readonly reachedBy: Set<ReachedBy>;
  file: string | undefined;
  readonly patched: string[];
  readonly missing: { readonly method: string; readonly reason: string }[];
}
