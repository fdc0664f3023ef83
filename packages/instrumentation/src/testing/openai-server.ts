import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

/** A local server that answers as OpenAI's API does, as far as the engine's tests need it. For tests only. */
export interface TestServer {
  readonly baseURL: string;
  /** Bodies of all requests, in order. */
  readonly requests: Readonly<Record<string, unknown>>[];
  /** Chunks that were written to streams. */
  chunksWritten: number;
}

const usage = {
  prompt_tokens: 11,
  completion_tokens: 7,
  total_tokens: 18,
  prompt_tokens_details: { cached_tokens: 3 },
};

const completion = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "gpt-4o-2024-08-06",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: '{"a":1}', refusal: null },
      finish_reason: "stop",
      logprobs: null,
    },
  ],
  usage,
};

/** It is closed after the tests of the file. */
export async function startServer(): Promise<TestServer> {
  const requests: Readonly<Record<string, unknown>>[] = [];
  let failuresLeft = 2;
  const server = createServer((request, response) => {
    void readJson(request).then((body) => {
      requests.push(body);
      response.setHeader("x-request-id", "req_1");
      const prompt = JSON.stringify(body["messages"] ?? body["input"] ?? "");
      if (prompt.includes("ERR"))
        return sendJson(response, 400, { error: { message: "bad", type: "invalid_request_error", code: null } });
      if (prompt.includes("CODE"))
        return sendJson(response, 429, { error: { message: "slow", type: "x", code: "rate_limit_exceeded" } });
      if (prompt.includes("RETRY") && failuresLeft-- > 0) {
        response.setHeader("retry-after-ms", "1");
        return sendJson(response, 500, { error: { message: "again" } });
      }
      if (request.url === "/v1/audio/speech") return void response.end("bytes");
      if (request.url === "/v1/embeddings") {
        const embedding = Buffer.from(new Float32Array([1, 2, 3]).buffer).toString("base64");
        return sendJson(response, 200, {
          object: "list",
          model: "m",
          data: [{ index: 0, embedding }],
          usage: { prompt_tokens: 2 },
        });
      }
      if (body["stream"] === true) return void stream(response, body, prompt.includes("BREAK"));
      return sendJson(response, 200, completion);
    });
  });
  async function stream(
    response: ServerResponse,
    body: Readonly<Record<string, unknown>>,
    isBroken: boolean,
  ): Promise<void> {
    response.setHeader("content-type", "text/event-stream");
    const deltas = [{ role: "assistant", content: "" }, { content: '{"a"' }, { content: ":1}" }, {}];
    const options = body["stream_options"] as { include_usage?: boolean } | undefined;
    const chunks: unknown[] = deltas.map((delta, index) => ({
      ...chunk([{ index: 0, delta, finish_reason: index === 3 ? "stop" : null }]),
      ...(options?.include_usage && { usage: null }),
    }));
    if (options?.include_usage) chunks.push({ ...chunk([]), usage });
    for (const [index, one] of chunks.entries()) {
      if (response.destroyed) return;
      if (isBroken && index === 2) return void response.destroy();
      response.write(`data: ${JSON.stringify(one)}\n\n`);
      result.chunksWritten += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    response.end("data: [DONE]\n\n");
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const result: TestServer = { baseURL: `http://127.0.0.1:${port}/v1`, requests, chunksWritten: 0 };
  return result;
}

function chunk(choices: readonly unknown[]): object {
  return { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "gpt-4o-2024-08-06", choices };
}

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}
