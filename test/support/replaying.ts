/** What tests have in common that replay recordings through traced clients. */
import { afterAll, afterEach } from "vitest";
import type { Cassette } from "./cassettes.ts";
import { type ReplayServer, startReplayServer } from "./replay-server.ts";
import { startTracing, type Tracing } from "./tracing.ts";

export interface Replaying {
  readonly server: ReplayServer;
  /** Without spans at the beginning of each test. */
  readonly tracing: Tracing;
}

/** For the top of a test file: a server that answers with these recordings, and a tracer provider; both end with the tests. */
export async function startReplaying(recordings: readonly Cassette[]): Promise<Replaying> {
  const server = await startReplayServer(recordings);
  const tracing = startTracing();
  afterEach(() => tracing.spans.clear());
  afterAll(async () => {
    await tracing.shutdown();
    await server.close();
  });
  return { server, tracing };
}
