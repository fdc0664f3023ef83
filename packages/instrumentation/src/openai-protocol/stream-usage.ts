import type { UsageOnRequest } from "../adapter.ts";
import { isRecord, list, record } from "../engine/read.ts";

/**
 * `stream_options.include_usage`: one more chunk, with usage and no choices, and a `usage` of null in all others
 * (https://platform.openai.com/docs/api-reference/chat/create#chat_create-stream_options).
 */
export const includeUsage: UsageOnRequest = {
  asking: (body) => {
    const options = record(body["stream_options"]);
    return "include_usage" in options ? undefined : { ...body, stream_options: { ...options, include_usage: true } };
  },
  isUsageOnly: (chunk) => isRecord(chunk) && isRecord(chunk["usage"]) && list(chunk["choices"]).length === 0,
  clean: (chunk) => {
    if (isRecord(chunk) && chunk["usage"] === null) Reflect.deleteProperty(chunk, "usage");
  },
};
