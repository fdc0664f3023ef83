import type { ReadableSpanLike } from "@genspan/mapping";
import { chatAttributes } from "../chat-attributes.ts";

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
  // Ids in one piece, as an SDK makes them: `JSON.stringify` takes longer for what a template put together.
  const context = {
    traceId: ["4bf92f3577b34da6a3ce929d", number].join(""),
    spanId: ["a2fb4a1d", number].join(""),
    traceFlags: 1,
  };
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
    attributes: chatAttributes(index, { input: inputOf(index), output: outputOf(index) }),
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
