import { describe, expect, it } from "vitest";
import { isWithin, nodeOf } from "./nodes.ts";

describe("the range of Node versions that a client asks for", () => {
  it.each([
    [">=22.0.0", "22.23.3", true],
    [">=22.0.0", "20.20.2", false],
    ["^18.19.0 || >=20.6.0", "20.5.9", false],
    ["^18.19.0 || >=20.6.0", "18.20.0", true],
    ["^22.12 || ^24 || >=26", "25.1.0", false],
    [">=18 <23", "24.0.0", false],
    ["~22.1", "22.2.0", false],
    ["*", "24.0.0", true],
  ])("%s and %s: %s", (engines, version, holds) => {
    expect(isWithin(engines, version)).toBe(holds);
  });

  it("says which Node versions there are where one is not", () => {
    expect(() => nodeOf("7")).toThrow("22, 24, 26");
    expect(nodeOf(process.execPath).version).toBe(process.versions.node);
  });
});
