import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultContentMaxLength } from "./environment.ts";
import { jsonWithin } from "./fit.ts";

const text = (content: string) => ({ type: "text", content });

describe("JSON of a limited length", () => {
  it("is untouched where it fits", () => {
    const value = [{ role: "user", parts: [text("a".repeat(100))] }];
    expect(jsonWithin(value, 1000)).toBe(JSON.stringify(value));
  });

  it("has its longest texts cut, and keeps types, roles and short texts", () => {
    const value = [{ role: "user", parts: [text("short"), text("a".repeat(5000)), text("b".repeat(200))] }];
    const json = jsonWithin(value, 600) ?? "";
    expect(json.length).toBeLessThanOrEqual(600);
    expect(json.length).toBeGreaterThan(590);
    const [message] = JSON.parse(json);
    expect(message.role).toBe("user");
    expect(message.parts.map((part: { content: string }) => part.content.slice(-1))).toEqual(["t", "…", "b"]);
  });

  it("is nothing where cutting texts is not enough", () => {
    expect(jsonWithin(Array(100).fill(text("x")), 200)).toBeUndefined();
  });

  it("is valid, of the same shape and within the limit for any content", () => {
    const shapeOf = (json: string): string =>
      JSON.stringify(JSON.parse(json), (_key, leaf: unknown) => (typeof leaf === "string" ? "" : leaf));
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 400 })), fc.nat(4000), (texts, limit) => {
        const value = texts.map(text);
        const json = jsonWithin(value, limit);
        if (json === undefined) return;
        expect(json.length).toBeLessThanOrEqual(limit);
        expect(shapeOf(json)).toBe(shapeOf(JSON.stringify(value)));
        expect(json.isWellFormed()).toBe(JSON.stringify(value).isWellFormed());
      }),
    );
  });
});

describe("the default limit", () => {
  it.each([
    [{}, Number.POSITIVE_INFINITY],
    [{ OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: "500" }, 500],
    [{ OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: "500", OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: "300" }, 300],
    [{ OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: "none" }, Number.POSITIVE_INFINITY],
  ])("with %j is %d, as the SDK reads it", (environment, expected) => {
    expect(defaultContentMaxLength(environment)).toBe(expected);
  });
});
