import { moduleRecord } from "./engine/install.ts";
import type { CopyRecord } from "./engine/module-record.ts";
import { state } from "./engine/state.ts";
import { adapters } from "./registry.ts";
import type { InstrumentationStatus, ModuleCopyStatus } from "./status-types.ts";
import { lookForLoadedBefore } from "./unreached.ts";

/** Reports what was found, patched and seen in this process. */
export function status(): InstrumentationStatus {
  lookForLoadedBefore();
  return {
    globallyEnabled: state.everyClient !== undefined,
    loadHookUnavailable: state.loadHookUnavailable,
    modules: adapters.map(moduleRecord).map(({ copies, ...record }) => ({ ...record, copies: copies.map(copyStatus) })),
    warnings: [...state.warnings],
    ownErrors: state.ownErrors,
    lastOwnError: state.lastOwnError,
  };
}

function copyStatus(copy: CopyRecord): ModuleCopyStatus {
  return { ...copy, reachedBy: [...copy.reachedBy], patched: [...copy.patched], missing: [...copy.missing] };
}
