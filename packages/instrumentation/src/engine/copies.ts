/** Which copies of the client libraries are known in this process. */

import type { ClientAdapter } from "../adapter.ts";
import type { CopyRecord, ModuleRecord } from "./module-record.ts";
import { state } from "./state.ts";

export function moduleRecord(adapter: ClientAdapter): ModuleRecord {
  let record = state.modules.get(adapter.module);
  if (record === undefined) {
    record = {
      module: adapter.module,
      supportedVersions: adapter.supportedVersions.map(({ from, to }) => `${from} - ${to}`),
      copies: [],
      callsSeen: 0,
      spansEnded: 0,
      abandoned: 0,
      notRecorded: 0,
      ownErrors: 0,
    };
    state.modules.set(adapter.module, record);
  }
  return record;
}

/** Notes a copy that is known to be there and was not patched; a copy that is known already stays as it is. */
export function noteUnreached(adapter: ClientAdapter, file: string, reason: string): void {
  const record = moduleRecord(adapter);
  if (record.copies.some((copy) => copy.file === file || isSibling(copy.file ?? "", file, record.module))) return;
  const copy = newCopy(record);
  copy.file = file;
  copy.unreached = reason;
}

/**
 * A copy of a library is told from another by the prototypes that it puts its methods on, and by folder and extension
 * of its files: several files of one copy may be handed over, and an ES module copy may lie beside a CommonJS one.
 */
export function copyRecord(record: ModuleRecord, identities: readonly object[], file: string | undefined): CopyRecord {
  const known = identities.map((identity) => state.copies.get(identity)).find((found) => found !== undefined);
  const sibling = record.copies.find((one) => one.file !== undefined && isSibling(one.file, file, record.module));
  const copy = known ?? sibling ?? newCopy(record);
  for (const identity of identities) if (!state.copies.has(identity)) state.copies.set(identity, copy);
  return copy;
}

function isSibling(file: string, other: string | undefined, module: string): boolean {
  return other !== undefined && copyName(file, module) === copyName(other, module);
}

function copyName(file: string, module: string): string {
  const path = file.replaceAll("\\", "/");
  const folder = path.slice(0, path.lastIndexOf(`/node_modules/${module}/`));
  return `${folder.replace(/^file:\/\//, "")} ${path.slice(path.lastIndexOf("."))}`;
}

function newCopy(record: ModuleRecord): CopyRecord {
  const copy: CopyRecord = {
    version: undefined,
    supported: false,
    reachedBy: new Set(),
    file: undefined,
    patched: [],
    unreached: undefined,
    missing: [],
  };
  record.copies.push(copy);
  return copy;
}
