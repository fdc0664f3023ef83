import { describe, expect, it } from "vitest";
import { isVersionIn } from "./version.ts";

describe("supported versions", () => {
  it.each([
    ["4.103.9", false],
    ["4.104.0", true],
    ["5.0.0", true],
    ["7.99.1", true],
    ["7.0.0-beta.1", true],
    ["8.0.0", false],
    [undefined, false],
  ])("%s: %s", (version, expected) => {
    expect(isVersionIn(version, { from: "4.104.0", to: "7" })).toBe(expected);
  });
});
