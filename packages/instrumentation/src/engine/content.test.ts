import { type context, trace } from "@opentelemetry/api";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { instrument } from "../instrument.ts";
import type { InstrumentationOptions } from "../options.ts";
import { startServer } from "../testing/openai-server.ts";
import { memorySpans } from "../testing/spans.ts";
import { inputContent } from "./content.ts";

const server = await startServer();
const spans = memorySpans();

async function attributesWith(
  options: InstrumentationOptions,
  prompt = "secret",
): Promise<Readonly<Record<string, unknown>>> {
  const client = instrument(new OpenAI({ apiKey: "k", baseURL: server.baseURL }), options);
  await client.chat.completions
    .create({ model: "gpt-4o", messages: [{ role: "user", content: prompt }] })
    .catch(() => {});
  return spans.getFinishedSpans().at(-1)?.attributes ?? {};
}

describe("content", () => {
  it("is shortened within its texts where it is over the limit, and stays JSON", async () => {
    const options = { captureContent: "span", contentMaxLength: 200 } as const;
    const attributes = await attributesWith(options, "long ".repeat(1000));
    const json = String(attributes["gen_ai.input.messages"]);
    expect(json.length).toBeLessThanOrEqual(200);
    expect(JSON.parse(json)[0].parts[0].content).toMatch(/^long long .*…$/);
  });

  it("is nowhere on the span unless it is asked for", async () => {
    expect(JSON.stringify(await attributesWith({}))).not.toContain("secret");
    expect(JSON.stringify(await attributesWith({ captureContent: "event" }))).not.toContain("secret");
  });

  it("is whole JSON text on the span", async () => {
    const attributes = await attributesWith({ captureContent: "span" });
    expect(JSON.parse(String(attributes["gen_ai.input.messages"]))).toEqual([
      { role: "user", parts: [{ type: "text", content: "secret" }] },
    ]);
    expect(JSON.parse(String(attributes["gen_ai.output.messages"]))).toHaveLength(1);
  });

  it("goes to the logger as structured values when it is asked for in events", async () => {
    const records: { eventName: string; attributes: Record<string, unknown>; context: unknown }[] = [];
    const loggerProvider = { getLogger: () => ({ emit: (record: never) => void records.push(record) }) };
    await attributesWith({ captureContent: "event", loggerProvider });
    const [record] = records;
    expect(records).toHaveLength(1);
    expect(record?.eventName).toBe("gen_ai.client.inference.operation.details");
    expect(record?.attributes).toMatchObject({
      "gen_ai.operation.name": "chat",
      "gen_ai.response.id": "chatcmpl-1",
      "gen_ai.input.messages": [{ role: "user", parts: [{ type: "text", content: "secret" }] }],
    });
    const spanId = spans.getFinishedSpans()[0]?.spanContext().spanId;
    expect(trace.getSpanContext(record?.context as ReturnType<typeof context.active>)?.spanId).toBe(spanId);
  });

  it("of an exception goes to the logger, not into a span event", async () => {
    const records: { eventName: string; severityNumber: number }[] = [];
    const loggerProvider = { getLogger: () => ({ emit: (record: never) => void records.push(record) }) };
    await attributesWith({ loggerProvider }, "ERR");
    expect(records).toEqual([
      expect.objectContaining({ eventName: "gen_ai.client.operation.exception", severityNumber: 13 }),
    ]);
    expect(spans.getFinishedSpans()[0]?.events).toEqual([]);
  });
});

describe("a tool whose description is no text", () => {
  it("is described by that value's JSON", () => {
    const tools = [
      { type: "function", name: "f", description: { about: 1 } as unknown as string },
      { type: "x", name: "g" },
    ];
    expect(inputContent({ tools })["gen_ai.tool.definitions"]).toEqual([
      { type: "function", name: "f", description: '{"about":1}' },
      { type: "x", name: "g" },
    ]);
  });
});

describe("raw text and stack", () => {
  it("are kept only when asked for", async () => {
    const names = Object.keys(await attributesWith({})).filter((name) => /raw|stacktrace/.test(name));
    expect(names).toEqual([]);
  });

  it("raw text is what the application gave and got", async () => {
    const attributes = await attributesWith({ captureRaw: true });
    expect(JSON.parse(String(attributes["genspan.raw.request"]))).toEqual({
      model: "gpt-4o",
      messages: [{ role: "user", content: "secret" }],
    });
    expect(JSON.parse(String(attributes["genspan.raw.response"]))).toMatchObject({ id: "chatcmpl-1" });
  });

  it("the stack begins at the caller and shows its source line", async () => {
    const attributes = await attributesWith({ captureStacktrace: true });
    const [frame] = JSON.parse(String(attributes["genspan.stacktrace"]));
    expect(frame.file).toBe(import.meta.filename);
    expect(frame.line).toBe('.create({ model: "gpt-4o", messages: [{ role: "user", content: prompt }] })');
    expect(frame.name).toContain("attributesWith");
  });
});
