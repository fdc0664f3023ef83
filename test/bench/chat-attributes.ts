import type { Attributes } from "@opentelemetry/api";

/** JSON texts of the messages. */
export interface Content {
  readonly input: string;
  readonly output: string;
}

/** The 25 attributes of a chat span as our instrumentation makes it with content. Ids and counts differ from span to span. */
export function chatAttributes(index: number, { input, output }: Content): Attributes {
  return {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.request.temperature": 0.2,
    "gen_ai.request.max_tokens": 256,
    "gen_ai.request.top_p": 0.9,
    "gen_ai.request.seed": index,
    "gen_ai.request.choice.count": 1,
    "gen_ai.response.id": `chatcmpl-${index}`,
    "gen_ai.response.model": "gpt-4o-2024-08-06",
    "gen_ai.response.finish_reasons": ["stop"],
    "gen_ai.usage.input_tokens": 500 + (index % 97),
    "gen_ai.usage.output_tokens": 200 + (index % 89),
    "gen_ai.usage.cache_read.input_tokens": 128 * (index % 4),
    "gen_ai.usage.reasoning.output_tokens": index % 31,
    "gen_ai.conversation.id": ["conversation", index >> 3].join("-"),
    "gen_ai.output.type": "text",
    "gen_ai.input.messages": input,
    "gen_ai.output.messages": output,
    "openai.api.type": "chat_completions",
    "openai.response.system_fingerprint": "fp_bench",
    "server.address": "api.openai.com",
    "server.port": 443,
    "http.response.status_code": 200,
    "user.id": "user-1",
  };
}
