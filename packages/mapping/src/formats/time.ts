import type { HrTime } from "@opentelemetry/api";

/** Pure conversions of the SDK's `[seconds, nanoseconds]` times. */

/** RFC 3339 in UTC with milliseconds, such as `2026-11-20T10:15:31.294Z`; the epoch for a time that is none. */
export function hrTimeToIso(time: HrTime): string {
  const seconds = time[0];
  const millis = Math.floor(time[1] / 1e6);
  const isUsual = millis >= 0 && millis < 1000 && seconds >= 0 && seconds < YEAR_10000 && Number.isInteger(seconds);
  if (!isUsual) return isoOf(seconds * 1e3 + millis);
  const second = seconds % DAY;
  const day = seconds - second;
  if (day !== latest.day) latest = { day, text: isoOf(day * 1e3).slice(0, "2026-11-20T".length) };
  const minute = Math.floor(second / 60);
  const padding = millis < 10 ? "00" : millis < 100 ? "0" : "";
  const text = `${latest.text}${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:${twoDigits(second % 60)}.${padding}${millis}Z`;
  return text.toUpperCase(); // flat, and the same: see `flatText`
}

/** Seconds: days of Unix time are all of one length. */
const DAY = 86_400;
const YEAR_10000 = 253_402_300_800;

/** The day that was written last: the spans of a while begin and end on few of them. */
let latest: { readonly day: number; readonly text: string } = { day: Number.NaN, text: "" };

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));
const twoDigits = (number: number): string => TWO_DIGITS[number] ?? "";

function isoOf(millis: number): string {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

/** Unix time in milliseconds, with a fraction. */
export function hrTimeToMillis(time: HrTime): number {
  return time[0] * 1e3 + time[1] / 1e6;
}

/** Whole seconds of Unix time. */
export function hrTimeToSeconds(time: HrTime): number {
  return time[0] + Math.floor(time[1] / 1e9);
}

/** The time from one to another, as the SDK writes it; with a negative number of seconds where the end lies before. */
export function durationBetween(start: HrTime, end: HrTime): HrTime {
  const seconds = end[0] - start[0];
  const nanos = end[1] - start[1];
  return nanos < 0 ? [seconds - 1, nanos + 1e9] : [seconds, nanos];
}

/** Nanoseconds between two times; exact below 104 days, and 0 where the end lies before the start. */
export function nanosBetween(start: HrTime, end: HrTime): number {
  return Math.max(0, Math.round((end[0] - start[0]) * 1e9 + (end[1] - start[1])));
}
