import type { Body } from "../adapter.ts";
import { text } from "../engine/read.ts";

/** Path of the request: the model's id, which may be an ARN, is one encoded segment. */
export function modelPath(request: Body, action: string): string {
  return `/model/${encodeURIComponent(text(request["modelId"]) ?? "")}/${action}`;
}
