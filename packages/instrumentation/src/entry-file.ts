import type { ClientAdapter } from "./adapter.ts";
import { adapters } from "./registry.ts";

/** A file of a client library out of which its classes are taken. */
export interface EntryFile {
  readonly adapter: ClientAdapter;
  /** Names in the file's scope. */
  readonly classes: readonly string[];
}

/** @param url path or URL */
export function entryOfFile(url: string): EntryFile | undefined {
  const file = url.replaceAll("\\", "/");
  if (!file.includes("/node_modules/")) return undefined;
  for (const adapter of adapters) {
    const folder = `/node_modules/${adapter.module}/`;
    const start = file.lastIndexOf(folder);
    const classes = start < 0 ? undefined : adapter.entryFiles[file.slice(start + folder.length)];
    if (classes !== undefined) return { adapter, classes };
  }
  return undefined;
}

/** A bundle with this package in it has the markers of all libraries, and tells nothing of any. */
const ownMarker = "genspan.instrumentation.state.";
/** Smaller files are nobody's bundle. */
const minBundleBytes = 20_000;
/** Reading a megabyte takes about a millisecond for each library; more than this is not read. */
let bytesLeft = 64_000_000;

/** Client libraries that seem to have been bundled into a file of the application. */
export function bundledIn(url: string, source: string | ArrayBuffer | NodeJS.TypedArray): readonly ClientAdapter[] {
  const size = typeof source === "string" ? source.length : source.byteLength;
  if (size < minBundleBytes || size > bytesLeft || /[\\/]node_modules[\\/]/.test(url)) return [];
  bytesLeft -= size;
  const code = typeof source === "string" ? source : bytesOf(source);
  if (code.includes(ownMarker)) return [];
  return adapters.filter(({ bundleMarkers = [] }) => bundleMarkers.some((marker) => code.includes(marker)));
}

function bytesOf(source: ArrayBuffer | NodeJS.TypedArray): Buffer {
  if (source instanceof ArrayBuffer) return Buffer.from(source);
  return Buffer.from(source.buffer, source.byteOffset, source.byteLength);
}
