/** Ways of calling that the general cases do not have. */
import { instrument } from "@genspan/instrumentation";
import { CohereClient, CohereClientV2 } from "cohere-ai";
import { CohereClient as CohereClient7, CohereClientV2 as CohereClientV27 } from "cohere-ai-7";
import { describe, expect, it } from "vitest";
import { loadCassettes } from "../../../support/cassettes.ts";
import { startReplaying } from "../../../support/replaying.ts";

const versionTwo = "cohere-chat-tool-choice-matrix-auto-cohere-cedeb6";
const versionOne = "cohere-chat-completion-command-r-02f57d";
const request = { model: "command-r7b-12-2024", messages: [{ role: "user" as const, content: "What's the weather?" }] };

const { server, tracing } = await startReplaying(loadCassettes().filter(({ provider }) => provider === "cohere"));

const options = (cassette: string) => ({ token: "key", environment: `${server.url}/_c/${cassette}`, maxRetries: 0 });
const traced = <T extends object>(client: T): T => instrument(client, { tracerProvider: tracing.provider });

async function onlySpan(): Promise<Readonly<Record<string, unknown>>> {
  return (await tracing.spans.only()).attributes;
}

describe.each([
  ["8", CohereClient, CohereClientV2],
  ["7", CohereClient7, CohereClientV27],
])("cohere-ai %s", (_version, Client, ClientV2) => {
  // The first of these clients is made before, the second after the methods were patched.
  it.each(["made first", "made later"])("traces a version-2 client once, %s", async () => {
    const client = traced(new ClientV2(options(versionTwo)));
    await client.chat(request);
    expect(await onlySpan()).toMatchObject({
      "gen_ai.request.model": request.model,
      "gen_ai.usage.input_tokens": 51,
      "genspan.request.path": expect.stringContaining("/v2/chat"),
    });
  });

  it("traces `client.v2`, which is made when it is first asked for, and adds no field to the client", async () => {
    const client = new Client(options(versionTwo));
    const fields = Reflect.ownKeys(client);
    traced(client);
    expect(Reflect.ownKeys(client)).toEqual(fields);
    await client.v2.chat(request);
    expect(await onlySpan()).toMatchObject({
      "server.address": new URL(server.url).hostname,
      "gen_ai.usage.output_tokens": 13,
    });
  });

  it("leaves response and HTTP answer together, and the promise of the library's own class", async () => {
    const client = traced(new Client(options(versionOne)));
    const promise = client.chat({ message: "Hey, what is up?" });
    expect(promise.constructor.name).toBe("HttpResponsePromise");
    const { data, rawResponse } = await promise.withRawResponse();
    expect(data).toBe(await promise);
    expect(rawResponse.status).toBe(200);
    expect(await onlySpan()).toMatchObject({
      "http.response.status_code": 200,
      "gen_ai.response.id": data.responseId,
      "genspan.request.path": expect.stringContaining("/v1/chat"),
    });
  });

  it("does not trace a client that was not registered", async () => {
    traced(new Client(options(versionTwo)));
    await new Client(options(versionTwo)).v2.chat(request);
    await new ClientV2(options(versionTwo)).chat(request);
    expect(tracing.spans.started).toHaveLength(0);
  });
});
