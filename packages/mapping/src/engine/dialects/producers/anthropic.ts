import * as semconv from "@genspan/semconv";
import type { Dialect } from "../dialect.ts";
import { refineMessages } from "../reading/content.ts";
import { finishReasons } from "../reading/value-maps.ts";
import { count, text } from "../reading/values.ts";

/** The client library's own spans: current names, Anthropic's own reason. Its input count includes the cache. */
export const anthropic: Dialect = {
  name: "anthropic",
  source: "@anthropic-ai/sdk 1.12.0, internal/tracing",
  scopes: ["com.anthropic.sdk.typescript"],
  markers: ["anthropic.message.stop_reason"],
  rows: [
    { from: "anthropic.message.stop_reason", to: semconv.ATTR_GEN_AI_RESPONSE_FINISH_REASONS, read: finishReasons },
    {
      from: "anthropic.usage.cache_creation.ephemeral_5m_input_tokens",
      to: semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_5M_INPUT_TOKENS,
      read: count,
    },
    {
      from: "anthropic.usage.cache_creation.ephemeral_1h_input_tokens",
      to: semconv.ATTR_GENSPAN_USAGE_CACHE_WRITE_1H_INPUT_TOKENS,
      read: count,
    },
    { from: "anthropic.request.id", to: semconv.ATTR_GENSPAN_RESPONSE_REQUEST_ID, read: text },
  ],
  refine: (draft) => refineMessages(draft, { answersWithin: true }),
};
