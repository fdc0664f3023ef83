import type { MethodAdapter } from "../adapter.ts";

/** A method of its own that streams what `method` gives at once: the request does not say so. */
export function streamed(method: MethodAdapter, stream: NonNullable<MethodAdapter["stream"]>): MethodAdapter {
  return { ...method, isStreaming: () => true, stream };
}
