import type { ClientAdapter } from "./adapter.ts";
import { moduleRecord } from "./engine/install.ts";
import type { CopyRecord } from "./engine/module-record.ts";
import { state } from "./engine/state.ts";
import { adapters } from "./registry.ts";
import type { InstrumentationStatus, ModuleCopyStatus, ModuleStatus } from "./status-types.ts";
import { lookForLoadedBefore } from "./unreached.ts";

/** Reports what was found, patched and seen in this process. */
export function status(): InstrumentationStatus {
  lookForLoadedBefore();
  return {
    globallyEnabled: state.everyClient !== undefined,
    loadHookUnavailable: state.loadHookUnavailable,
    modules: adapters.map(moduleStatus),
    warnings: [...state.warnings],
    ownErrors: state.ownErrors,
    lastOwnError: state.lastOwnError,
  };
}

function moduleStatus(adapter: ClientAdapter): ModuleStatus {
  const record = moduleRecord(adapter);
  return { ...record, copies: record.copies.map(copyStatus), untraced: adapter.untraced ?? {} };
}

function copyStatus(copy: CopyRecord): ModuleCopyStatus {
  return { ...copy, reachedBy: [...copy.reachedBy], patched: [...copy.patched], missing: [...copy.missing] };
}
