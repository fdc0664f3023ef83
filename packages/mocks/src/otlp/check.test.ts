import { expect, it } from "vitest";
import { decodeOtlpRequest } from "./decode-request.ts";

const traceId = "a".repeat(32);
const spanId = "b".repeat(16);

/** A request with one span that has these fields beside its ids. */
const request = (fields: string): string =>
  `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${traceId}","spanId":"${spanId}",${fields}}]}]}]}`;
const attribute = (value: string): string => request(`"attributes":[{"key":"k","value":${value}}]`);

it.each([
  ["an integer as text", attribute('{"intValue":"9223372036854775807"}')],
  ["an integer as a number", attribute('{"intValue":12}')],
  ["the names of doubles that JSON has no numbers for", attribute('{"doubleValue":"NaN"}')],
  ["an empty value", attribute("{}")],
  ["an empty parent", request('"parentSpanId":""')],
  ["fields of the future", request('"future":{"a":1}')],
  ["a whole pair of surrogates", attribute('{"stringValue":"\\ud83d\\ude00"}')],
])("takes %s", (_name, text) => {
  expect(decodeOtlpRequest(text, "traces")).toHaveProperty("resourceSpans");
});

it.each([
  ["an integer beyond 64 bits", attribute('{"intValue":"9223372036854775808"}'), /intValue: no int64/],
  ["an integer in exponents", attribute('{"intValue":1e+21}'), /intValue: no int64/],
  ["what JSON makes of NaN", attribute('{"doubleValue":null}'), /doubleValue: null/],
  ["half of a pair of surrogates", attribute('{"stringValue":"\\ud800"}'), /stringValue: no string/],
  ["an id in base64", request('"parentSpanId":"AAAAAAAAAAA="'), /parentSpanId: no hex/],
  ["an id that is too short", request('"parentSpanId":"abcd"'), /parentSpanId: must be 16 hex digits/],
  ["a negative time", request('"startTimeUnixNano":"-1"'), /startTimeUnixNano: no fixed64/],
  ["one span in the place of an array", '{"resourceSpans":{}}', /resourceSpans: no array/],
  ["no object", "[]", /the body: no object/],
])("refuses %s and names the place", (_name, text, reason) => {
  expect(() => decodeOtlpRequest(text, "traces")).toThrow(reason);
});

it.each([
  ["text that is not UTF-8", Buffer.from([0x0a, 0x03, 0x1a, 0x01, 0xff])],
  ["bytes that end too early", Buffer.from([0x0a, 0x20, 0x0a])],
  ["a group", Buffer.from([0x0b])],
])("refuses protobuf with %s", (_name, bytes) => {
  expect(() => decodeOtlpRequest(bytes, "traces")).toThrow();
});
