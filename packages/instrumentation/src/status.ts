import type { ClientAdapter } from "./adapter.ts";
import { moduleRecord } from "./engine/copies.ts";
import type { CopyRecord } from "./engine/module-record.ts";
import { reports } from "./engine/reports.ts";
import { state } from "./engine/state.ts";
import { adapters } from "./registry.ts";
import type { InstrumentationStatus, ModuleCopyStatus, ModuleStatus } from "./status-types.ts";
import { lookForUnreached } from "./unreached.ts";

/** Reports what was found, patched and seen in this process. */
export function status(): InstrumentationStatus {
  lookForUnreached();
  return {
    globallyEnabled: state.everyClient !== undefined,
    loadHookUnavailable: state.loadHookUnavailable,
    modules: adapters.map(moduleStatus),
    warnings: [...reports.warnings],
    ownErrors: reports.ownErrors,
    lastOwnError: reports.lastOwnError,
  };
}

function moduleStatus(adapter: ClientAdapter): ModuleStatus {
  const record = moduleRecord(adapter);
  return { ...record, copies: record.copies.map(copyStatus), untraced: adapter.untraced ?? {} };
}

function copyStatus(copy: CopyRecord): ModuleCopyStatus {
  return { ...copy, reachedBy: [...copy.reachedBy], patched: [...copy.patched], missing: [...copy.missing] };
}
