import { parentSpanIdOf, type ReadableSpanLike, type SpanLinkLike } from "@genspan/mapping/core";
import type { HrTime } from "@opentelemetry/api";

/** What both wire formats need of a span, checked: `flags` and ids as OTLP wants them, times that are times. */

const TRACE_ID_LENGTH = 32;
const SPAN_ID_LENGTH = 16;
/** opentelemetry-proto, trace/v1 `SpanFlags`: bits 0 to 7 are the trace flags, 8 and 9 say whether the parent is remote. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

export interface Ids {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly traceState: string | undefined;
  readonly flags: number;
}

/** @throws {TypeError} for a trace or span id that is none: a receiver would refuse the whole request. */
export function idsOf(span: ReadableSpanLike): Ids {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  if (!isHex(traceId, TRACE_ID_LENGTH) || !isHex(spanId, SPAN_ID_LENGTH))
    throw new TypeError("its trace id is not 32 hex digits, or its span id not 16");
  const parent = parentSpanIdOf(span);
  return {
    traceId,
    spanId,
    parentSpanId: parent !== undefined && isHex(parent, SPAN_ID_LENGTH) ? parent : undefined,
    traceState: traceState?.serialize(),
    flags: flagsOf(traceFlags, span.parentSpanContext?.isRemote),
  };
}

/** Links whose ids are no ids are left out. */
export function linksOf(span: ReadableSpanLike): readonly SpanLinkLike[] {
  return span.links.filter(
    ({ context }) => isHex(context.traceId, TRACE_ID_LENGTH) && isHex(context.spanId, SPAN_ID_LENGTH),
  );
}

/** Three times as fast as a regular expression, and asked of every span. */
function isHex(text: string, length: number): boolean {
  if (text.length !== length) return false;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    const letter = code | 0x20; // in lower case
    if (!((code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x66))) return false;
  }
  return true;
}

export function flagsOf(traceFlags: number, isRemote: boolean | undefined): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (isRemote ? IS_REMOTE : 0);
}

/** The API counts kinds from INTERNAL = 0, OTLP from UNSPECIFIED = 0, which stands for what is no kind. */
export function spanKindOf({ kind }: ReadableSpanLike): number {
  return Number.isInteger(kind) && kind >= 0 && kind <= 4 ? kind + 1 : 0;
}

/** UNSET for what is no status. */
export function statusCodeOf({ status: { code } }: ReadableSpanLike): 0 | 1 | 2 {
  return code === 1 || code === 2 ? code : 0;
}

/** A count as protobuf's uint32 takes it. */
export function countOf(count: number | undefined): number {
  return count !== undefined && Number.isSafeInteger(count) && count > 0 ? Math.min(count, 0xffffffff) : 0;
}

const isTime = ([seconds, nanos]: HrTime): boolean =>
  Number.isFinite(seconds) && Number.isFinite(nanos) && seconds >= 0;

/** Nanoseconds since 1970; 0 (unknown, in OTLP) for a time that is none. */
export function nanosOf(time: HrTime): bigint {
  if (!isTime(time)) return 0n;
  const nanos = BigInt(Math.trunc(time[0])) * 1_000_000_000n + BigInt(Math.trunc(time[1]));
  return nanos > 0n && nanos < 2n ** 64n ? nanos : 0n;
}

/** The same as text, without big integers where the SDK gives whole seconds and less than a second of nanoseconds. */
export function nanosText(time: HrTime): string {
  const [seconds, nanos] = time;
  const isPlain = Number.isInteger(seconds) && seconds > 0 && seconds < 1e10 && Number.isInteger(nanos) && nanos >= 0;
  return isPlain && nanos < 1e9 ? `${seconds}${String(nanos).padStart(9, "0")}` : nanosOf(time).toString();
}
