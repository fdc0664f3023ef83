import type { ChunkNote, DeadRecord, GatheredChunk, StoredChunk } from "./chunk.ts";
import type { Driver } from "./database.ts";

/** What the worker is started with. */
export interface WorkerSettings {
  readonly directory: string;
  readonly driver: Driver;
  readonly owner: number;
  readonly leaseMillis: number;
  readonly maxDeadBytes: number;
  /** How long what came first waits for more to be committed with it, unless someone waits for the commit. */
  readonly gatherMillis: number;
  /** One cell: the number of the last request that is committed. Shared, so that the end of a process can wait for it. */
  readonly committed: Int32Array;
}

/** What the worker is asked to do, numbered in order. */
export type Request = { readonly number: number } & Change;
export type Change =
  | { readonly type: "append"; readonly chunk: GatheredChunk }
  | { readonly type: "remove"; readonly id: number }
  | { readonly type: "mark"; readonly id: number; readonly indexes: readonly number[] }
  | { readonly type: "bury"; readonly record: DeadRecord }
  /** Takes over what nobody owns, now and from time to time. */
  | { readonly type: "serve"; readonly destinations: readonly string[] }
  | { readonly type: "read"; readonly id: number }
  /** Someone waits for what came before. */
  | { readonly type: "commit" }
  /** Gives up the lease: the process ends. */
  | { readonly type: "release" };

export type Reply =
  /** Everything up to this number is on disk. */
  | { readonly type: "committed"; readonly number: number; readonly trimmed: number }
  | { readonly type: "content"; readonly id: number; readonly chunk: StoredChunk | undefined }
  | {
      readonly type: "adopted";
      readonly chunks: readonly ChunkNote[];
      readonly others: Readonly<Record<string, number>>;
    }
  /** Writing fails and is tried again: a full disk, a directory that was taken away. */
  | { readonly type: "trouble"; readonly reason: string }
  | { readonly type: "well" }
  /** The file was damaged and put aside; what only it held is lost. */
  | { readonly type: "quarantined"; readonly path: string }
  /** There is no spool to be had. */
  | { readonly type: "failed"; readonly reason: string };
