import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Recording, recordings } from "./recordings.ts";

/** Milliseconds that the provider seems to take: to answer at all, and between two chunks. */
const THINKING_MILLIS = 60;
const CHUNK_MILLIS = 2;

/** A provider on this machine: answers each request with the recording of one like it. */
export async function startModelServer(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer(async (request, response) => {
    const body: { model?: string; stream?: boolean } = JSON.parse((await readAll(request)) || "{}");
    const recording = recordingFor(request.url ?? "", body);
    await sleep(THINKING_MILLIS);
    if (recording === undefined) {
      response.writeHead(404, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: `no recording for ${request.url} with ${body.model}` } }));
      return;
    }
    const { status, headers, sse, body: answer } = recording.response;
    const contentType = headers["content-type"] ?? "application/json";
    const requestId = headers["x-request-id"];
    response.writeHead(status, { "content-type": contentType, ...(requestId && { "x-request-id": requestId }) });
    for (const event of sse ?? []) {
      response.write(event);
      await sleep(CHUNK_MILLIS);
    }
    response.end(sse ? undefined : JSON.stringify(answer));
  });
  const url = await listen(server);
  return { url: `${url}/v1`, close: () => server.close() };
}

function recordingFor(path: string, { model, stream }: { model?: string; stream?: boolean }): Recording | undefined {
  return Object.values(recordings).find(
    ({ request }) =>
      path.endsWith(request.path.replace(/^.*(?=\/(chat|embeddings))/, "")) &&
      request.body.model === model &&
      Boolean(request.body.stream) === Boolean(stream),
  );
}

async function readAll(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer); // no encoding was set on the stream
  return Buffer.concat(pieces).toString("utf8");
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has a port
}
