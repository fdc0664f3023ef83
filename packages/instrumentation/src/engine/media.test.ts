import { createHash } from "node:crypto";
import { inputMessagesSchema } from "@genspan/semconv/messages";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { instrument } from "../instrument.ts";
import type { InstrumentationOptions, MediaUpload } from "../options.ts";
import { status } from "../status.ts";
import { startServer } from "../testing/openai-server.ts";
import { memorySpans } from "../testing/spans.ts";
import { defaultMediaMaxBytes } from "./environment.ts";
import { boundMedia, hasLargeMedia } from "./media.ts";

const server = await startServer();
const spans = memorySpans();

const bytes = new Uint8Array(2000).fill(7);
const base64 = Buffer.from(bytes).toString("base64");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const ask = {
  model: "gpt-4o",
  messages: [
    {
      role: "user" as const,
      content: [
        { type: "text" as const, text: "What is it?" },
        { type: "image_url" as const, image_url: { url: `data:image/png;base64,${base64}` } },
      ],
    },
  ],
};
const call = async (options: InstrumentationOptions): Promise<void> => {
  const client = new OpenAI({ apiKey: "k", baseURL: server.baseURL });
  await instrument(client, { captureContent: "span", mediaMaxBytes: 1000, ...options }).chat.completions.create(ask);
};
const eventually = async (): Promise<void> => {
  for (let attempt = 0; attempt < 200 && spans.getFinishedSpans().length === 0; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
const parts = () => {
  const json = String(spans.getFinishedSpans()[0]?.attributes["gen_ai.input.messages"]);
  return inputMessagesSchema.parse(JSON.parse(json))[0]?.parts;
};
const question = { type: "text", content: "What is it?" };

describe("media over the size", () => {
  it("are named by type, size and hash", async () => {
    await call({});
    await eventually();
    expect(parts()).toEqual([
      question,
      { type: "media", modality: "image", mime_type: "image/png", byte_size: 2000, sha256 },
    ]);
    expect(spans.getFinishedSpans()[0]?.attributes["gen_ai.output.messages"]).toContain('{\\"a\\":1}');
  });

  it("are left as they are where they are small enough", async () => {
    await call({ mediaMaxBytes: 2000 });
    expect(parts()).toEqual([question, { type: "blob", modality: "image", mime_type: "image/png", content: base64 }]);
  });

  it("go to the hook while nobody waits, and the URI that it answers with is in the span", async () => {
    const uploads: MediaUpload[] = [];
    const order: string[] = [];
    const onMedia = async (media: MediaUpload): Promise<string> => {
      uploads.push(media);
      await new Promise((resolve) => setTimeout(resolve, 150));
      order.push("uploaded");
      return `s3://media/${media.sha256}`;
    };
    const before = Date.now();
    await call({ onMedia });
    const answered = Date.now();
    order.push("answered");
    expect(spans.getFinishedSpans()).toHaveLength(0);
    await eventually();
    expect(order).toEqual(["answered", "uploaded"]);
    expect(uploads.map((media) => [media.modality, media.mimeType, media.bytes.byteLength])).toEqual([
      ["image", "image/png", 2000],
    ]);
    expect(parts()?.[1]).toEqual({
      type: "uri",
      modality: "image",
      mime_type: "image/png",
      uri: `s3://media/${sha256}`,
    });
    const [seconds = 0, nanoseconds = 0] = spans.getFinishedSpans()[0]?.duration ?? [];
    expect(seconds * 1000 + nanoseconds / 1e6).toBeLessThanOrEqual(answered - before + 1);
  });

  it("are named by hash where the hook fails, which is counted as a failure of ours", async () => {
    const before = status().ownErrors;
    await call({
      onMedia: () => {
        throw new Error("no bucket");
      },
    });
    await eventually();
    expect(parts()?.[1]).toMatchObject({ type: "media", sha256 });
    expect(status().ownErrors).toBe(before + 1);
    expect(status().lastOwnError).toBe("onMedia: no bucket");
  });
});

describe("media within parts of other shapes", () => {
  const rule = { maxBytes: 1000, onMedia: undefined };
  const message = (response: unknown) => ({
    "gen_ai.input.messages": [{ role: "tool", parts: [{ type: "tool_call_response", id: "1", response }] }],
  });

  it("are found in the result of a tool, and its other text is not touched", async () => {
    const prose = "not media, however long ".repeat(500);
    const value = message([{ type: "image", source: { data: base64, note: prose } }]);
    expect(hasLargeMedia(value, rule)).toBe(true);
    expect(await boundMedia(value, rule)).toEqual(
      message([{ type: "image", source: { data: `sha256:${sha256} (2000 bytes)`, note: prose } }]),
    );
  });

  it("are not suspected in prose, JSON or code", () => {
    const texts = ["word ".repeat(5000), JSON.stringify(Array(2000).fill({ a: 1 })), "x = 1;\n".repeat(3000)];
    for (const text of texts) expect(hasLargeMedia(message(text), rule)).toBe(false);
  });
});

describe("GENSPAN_MEDIA_MAX_BYTES", () => {
  it.each([
    [undefined, 131072],
    ["0", 0],
    ["5000", 5000],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["many", 131072],
  ])("%s is %d bytes", (value, expected) => {
    expect(defaultMediaMaxBytes({ GENSPAN_MEDIA_MAX_BYTES: value })).toBe(expected);
  });
});
