/** Recorded exchanges, and what a span says of each: `testdata/*.expected.json` is reviewed by eye. `-u` writes it anew. */

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  inputMessagesSchema,
  outputMessagesSchema,
  systemInstructionsSchema,
  toolDefinitionsSchema,
} from "@genspan/semconv/messages";
import { describe, expect, it } from "vitest";
import type { MethodAdapter } from "../adapter.ts";
import { openai } from "./index.ts";

interface Recording {
  readonly request: {
    readonly path: string;
    readonly body: Readonly<Record<string, unknown>> | null;
    readonly multipart?: readonly { readonly name: string; readonly value?: string }[];
  };
  readonly response: { readonly body?: unknown; readonly sse?: readonly string[] };
}

const folder = new URL("testdata/", import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".recording.json"))
  .map((file) => file.replace(".recording.json", ""));

const read = (name: string): Recording => JSON.parse(readFileSync(new URL(`${name}.recording.json`, folder), "utf8"));

function methodOf(path: string): MethodAdapter {
  const method = Object.values(openai.methods).find((candidate) => path.endsWith(String(candidate.path)));
  if (method === undefined) throw new Error(`no method for ${path}`);
  return method;
}

const bodyOf = ({ request }: Recording): Readonly<Record<string, unknown>> =>
  request.body ?? Object.fromEntries((request.multipart ?? []).map(({ name, value }) => [name, value]));

function chunksOf(recording: Recording): unknown[] {
  const events = (recording.response.sse ?? []).join("").split(/\r?\n\r?\n/);
  const data = events.map((event) => /^data: ?(.*)$/m.exec(event)?.[1]);
  return data.filter((json) => json !== undefined && json !== "[DONE]").map((json) => JSON.parse(String(json)));
}

function responseOf(recording: Recording, method: MethodAdapter, content: boolean): unknown {
  if (recording.response.sse === undefined) return recording.response.body;
  const fold = method.stream?.(content);
  for (const chunk of chunksOf(recording)) fold?.add(chunk);
  return fold?.response();
}

describe.each(names)("recording %s", (name) => {
  const recording = read(name);
  const method = methodOf(recording.request.path);
  const body = bodyOf(recording);
  const response = responseOf(recording, method, true);
  const input = method.input?.(body);
  const output = method.output?.(response);

  it("has the attributes and the content that were reviewed", async () => {
    const expected = {
      request: method.request(body),
      ...(input && { input }),
      response: method.response(response),
      ...(output && { output }),
      ...(method.failure?.(response) && { failure: method.failure(response) }),
    };
    const file = fileURLToPath(new URL(`${name}.expected.json`, folder));
    await expect(`${JSON.stringify(expected, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it("has content that is valid by the conventions' schemas, as JSON text says it", () => {
    const asRead = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? []));
    inputMessagesSchema.parse(asRead(input?.messages));
    systemInstructionsSchema.parse(asRead(input?.system));
    toolDefinitionsSchema.parse(asRead(input?.tools));
    outputMessagesSchema.parse(asRead(output));
  });

  it("has the same attributes whether or not content is captured", () => {
    expect(method.response(responseOf(recording, method, false))).toEqual(method.response(response));
  });
});
