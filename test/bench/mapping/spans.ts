import type { ReadableSpanLike } from "@genspan/mapping";

/** Chat spans in the current form of the conventions, as our instrumentation makes them with content: 2 KB in, 1 KB out. */

/** No two spans, and no two messages of one, say the same; in letters, as prose has few digits. */
function prose(index: number, place: number, length: number): string {
  const name = [...String(index * 5 + place)].map((digit) => "abcdefghij"[Number(digit)]).join("");
  return `Please compare the "offers" of ${name} below and say which is better, and why.\n`.repeat(20).slice(0, length);
}

const message = (role: string, content: string) => ({ role, parts: [{ type: "text", content }] });

function inputOf(index: number): string {
  const roles = ["system", "user", "assistant", "user"];
  return JSON.stringify(roles.map((role, place) => message(role, prose(index, place, 460))));
}

const outputOf = (index: number): string => JSON.stringify([message("assistant", prose(index, 4, 940))]);

const resource = { attributes: { "service.name": "bench", "service.version": "1.2.3", "host.name": "bench-1" } };
const instrumentationScope = { name: "bench", version: "1" };

function chatSpan(index: number): ReadableSpanLike {
  const number = (0x10000000 + index).toString(16);
  const context = { traceId: `4bf92f3577b34da6a3ce929d${number}`, spanId: `a2fb4a1d${number}`, traceFlags: 1 };
  const start = 1_795_169_730 + index;
  return {
    name: "chat gpt-4o",
    kind: 2,
    spanContext: () => context,
    startTime: [start, 120_000_000 + index],
    endTime: [start + 1, 940_000_000 + index],
    duration: [1, 820_000_000],
    ended: true,
    status: { code: 0 },
    attributes: {
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
      "gen_ai.usage.input_tokens": 512 + index,
      "gen_ai.usage.output_tokens": 200 + index,
      "gen_ai.usage.cache_read.input_tokens": 128,
      "gen_ai.usage.reasoning.output_tokens": 16,
      "gen_ai.conversation.id": "conversation-17",
      "gen_ai.output.type": "text",
      "gen_ai.input.messages": inputOf(index),
      "gen_ai.output.messages": outputOf(index),
      "openai.api.type": "chat_completions",
      "openai.response.system_fingerprint": "fp_bench",
      "server.address": "api.openai.com",
      "server.port": 443,
      "http.response.status_code": 200,
      "user.id": "user-1",
    },
    links: [],
    events: [],
    resource,
    instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Different in ids, times, counts and texts, so that nothing is answered from memory that would not be in an application. */
export const spans: readonly ReadableSpanLike[] = Array.from({ length: 64 }, (_, index) => chatSpan(index));
