import type { Session } from "node:inspector";
import type { ClientAdapter } from "./adapter.ts";
import { isObject, record, text } from "./engine/read.ts";
import { entryOfFile } from "./entry-file.ts";

export interface LoadedFile {
  readonly adapter: ClientAdapter;
  readonly file: string;
}

/**
 * Files of client libraries that this process has loaded, found by asking V8 for its scripts: Node tells nobody which ES
 * modules were imported. That takes some 50 ms, so it is for the case in which nothing was found to be patched.
 */
export function loadedFiles(): readonly LoadedFile[] {
  const { getBuiltinModule } = process as { readonly getBuiltinModule?: (name: string) => unknown };
  const inspector: unknown = getBuiltinModule?.call(process, "node:inspector");
  if (!isObject(inspector) || !("Session" in inspector)) return [];
  // Node's own module has Node's own class.
  const { Session: SessionClass } = inspector as { readonly Session: typeof Session };
  const urls = new Set<string>();
  const session = new SessionClass();
  try {
    session.connect();
    session.on("Debugger.scriptParsed", (message) => {
      urls.add(text(record(message.params)["url"]) ?? "");
    });
    session.post("Debugger.enable");
    session.post("Debugger.disable");
  } catch {
    // Not allowed under Node's permission model: then nothing is known, and nothing is said.
  } finally {
    session.disconnect();
  }
  return [...urls].flatMap((file) => {
    const entry = entryOfFile(file);
    return entry === undefined ? [] : [{ adapter: entry.adapter, file }];
  });
}
