import { expect, it } from "vitest";
import { jsonText } from "./json-text.ts";

it("writes integers of any size as numbers of their exact value", () => {
  expect(jsonText({ id: 12345678901234567890n, small: 1n })).toBe('{"id":12345678901234567890,"small":1}');
});

it("cuts what contains itself where it does, and writes twice what is there twice", () => {
  const shared = { a: 1 };
  const loop: Record<string, unknown> = { shared, again: [shared, shared] };
  loop["self"] = loop;
  expect(JSON.parse(jsonText({ loop }))).toEqual({
    loop: { shared, again: [shared, shared], self: "[circular]" },
  });
});

it("writes everything else as JSON.stringify does", () => {
  const value = { text: "a\ud800", list: [undefined, () => 1], at: new Date(0), none: undefined };
  expect(jsonText(value)).toBe(JSON.stringify(value));
  expect(jsonText(undefined)).toBe("null");
});
