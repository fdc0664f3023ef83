import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cassette, loadCassettes } from "./cassettes.ts";
import { type ReplayServer, startReplayServer } from "./replay-server.ts";

const cassettes = loadCassettes();
let server: ReplayServer;
beforeAll(async () => {
  server = await startReplayServer(cassettes);
});
afterAll(() => server.close());

const ask = (prefix: string, cassette: Cassette, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + prefix + cassette.request.path, {
    method: cassette.request.method,
    headers: { "content-type": "application/json", ...headers },
    ...(cassette.request.body ? { body: JSON.stringify(cassette.request.body) } : {}),
  });
const streamed = cassettes.find((cassette) => cassette.response.sse !== undefined) as Cassette;
const whole = streamed.response.sse?.join("");

describe("replay server", () => {
  it("answers with the recording that the path names, byte for byte", async () => {
    const response = await ask(`/_c/${streamed.id}`, streamed);
    expect(await response.text()).toBe(whole);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(server.requests.at(-1)).toMatchObject({ cassette: streamed.id, path: streamed.request.path });
  });

  it("finds for every recorded JSON request a recording of the same request", async () => {
    for (const cassette of cassettes.filter((candidate) => !candidate.request.multipart)) {
      const response = await ask(`/_p/${cassette.provider}`, cassette);
      await response.arrayBuffer();
      const found = cassettes.find((candidate) => candidate.id === server.requests.at(-1)?.cassette);
      expect(found?.request.body, cassette.id).toEqual(cassette.request.body);
      expect(found?.provider).toBe(cassette.provider);
    }
  });

  it("answers 404 where no recording fits", async () => {
    const response = await fetch(`${server.url}/_c/unknown/v1/chat/completions`, { method: "POST", body: "{}" });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { type: "replay_miss" } });
  });

  it("cuts the connection after the number of pieces asked for", async () => {
    const response = await ask(`/_c/${streamed.id}`, streamed, { "x-replay-cut": "2" });
    await expect(response.text()).rejects.toThrow();
  });

  it("splits a stream into small pieces that add up to the recording", async () => {
    const response = await ask(`/_c/${streamed.id}`, streamed, { "x-replay-split": "4096" });
    expect(await response.text()).toBe(whole);
  });

  it("sends the status asked for and waits between pieces", async () => {
    const began = performance.now();
    const response = await ask(`/_c/${streamed.id}`, streamed, {
      "x-replay-status": "503",
      "x-replay-split": String(Math.ceil((whole?.length ?? 0) / 2)),
      "x-replay-delay": "40",
    });
    expect(response.status).toBe(503);
    await response.arrayBuffer();
    expect(performance.now() - began).toBeGreaterThan(35);
  });
});
