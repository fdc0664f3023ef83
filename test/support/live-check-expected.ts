/** Which attributes a span of a kind has to have, as far as the span itself and what is known of its call tell. */
import { SpanStatusCode } from "@opentelemetry/api";
import type { CheckedSpan, LiveCheckOptions } from "./live-check-types.ts";
import type { RegistrySpan, RegistrySpanAttribute } from "./registry.ts";

/**
 * Recommended attributes that the upstream policy does not ask for, because they mirror options that a request may leave
 * out; the last two are ours, for the same reason. They are asked for where the call is known to have them.
 */
const OPTIONAL_RECOMMENDED: ReadonlySet<string> = new Set([
  "gen_ai.request.temperature",
  "gen_ai.request.max_tokens",
  "gen_ai.request.top_p",
  "gen_ai.request.stop_sequences",
  "gen_ai.request.presence_penalty",
  "gen_ai.request.frequency_penalty",
  "gen_ai.usage.cache_read.input_tokens",
  "gen_ai.usage.cache_write.input_tokens",
  "gen_ai.tool.description",
  "gen_ai.embeddings.dimension.count",
  "gen_ai.request.encoding_formats",
]);

/** Conditions that the span itself answers. */
const CONDITIONS: Readonly<Record<string, (span: CheckedSpan) => boolean>> = {
  "server.port": ({ attributes }) => attributes["server.address"] !== undefined,
  "gen_ai.response.time_to_first_chunk": ({ attributes, status }) =>
    attributes["gen_ai.request.stream"] === true && status.code !== SpanStatusCode.ERROR,
};

export function expectedAttributes(
  definition: RegistrySpan,
  span: CheckedSpan,
  { applicable, unavailable }: LiveCheckOptions,
): readonly RegistrySpanAttribute[] {
  const failed = span.status.code === SpanStatusCode.ERROR;
  return definition.attributes.filter(({ id, level, condition }) => {
    if (level === "required") return true;
    if (id === "error.type" || unavailable?.has(id)) return false; // error.type has policies of its own
    if (applicable?.has(id) || CONDITIONS[id]?.(span)) return true;
    if (level !== "recommended" || condition || OPTIONAL_RECOMMENDED.has(id)) return false;
    return !(failed && /^gen_ai\.(response|usage)\./.test(id));
  });
}
