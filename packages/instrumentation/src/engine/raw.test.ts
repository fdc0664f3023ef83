import { describe, expect, it } from "vitest";
import { rawJson } from "./raw.ts";

describe("raw text", () => {
  it("names uploads instead of reading them", async () => {
    const file = new File(["bytes"], "a.png");
    const stream = new ReadableStream({ pull: (controller) => controller.enqueue("x") }, { highWaterMark: 0 });
    const text = rawJson({ image: file, mask: stream, bytes: Buffer.from("abc"), answer: new Response("x") });
    expect(JSON.parse(text)).toEqual({
      image: "[File a.png]",
      mask: "[ReadableStream]",
      bytes: "[Buffer]",
      answer: "[Response]",
    });
    expect(stream.locked).toBe(false);
    expect(await file.text()).toBe("bytes");
  });

  it("keeps vectors, dates and what has its own JSON form", () => {
    const value = { vector: new Float32Array([1, 2]), at: new Date(0), nested: { list: [1, { a: null }] } };
    expect(JSON.parse(rawJson(value))).toEqual({
      vector: [1, 2],
      at: "1970-01-01T00:00:00.000Z",
      nested: { list: [1, { a: null }] },
    });
  });

  it("leaves out credentials of MCP servers", () => {
    const tools = [{ type: "mcp", server_label: "s", authorization: "secret", headers: { "x-key": "secret" } }];
    expect(rawJson({ tools })).not.toContain("secret");
  });
});
