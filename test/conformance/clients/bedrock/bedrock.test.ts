/** Ways of calling that the general cases do not have. */
import {
  BedrockRuntime,
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  type ConverseCommandOutput,
  CountTokensCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { instrument } from "@genspan/instrumentation";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { expect, it } from "vitest";
import { loadCassettes } from "../../../support/cassettes.ts";
import { startReplaying } from "../../../support/replaying.ts";

const recordings = loadCassettes().filter(({ provider }) => provider === "aws-bedrock");
const converse = "aws-bedrock-converse-bedrock-converse-adds-genai-conventions-a4f921";
const countTokens = "aws-bedrock-count-tokens-anthropic-bedrock-count-tokens-error-aa5d7d";
const request = {
  modelId: "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.titan-text-lite-v1",
  messages: [{ role: "user" as const, content: [{ text: "Say this is a test" }] }],
};

const { server, tracing } = await startReplaying(recordings);

const configuration = (cassette: string): BedrockRuntimeClientConfig => ({
  region: "us-east-1",
  endpoint: `${server.url}/_c/${cassette}`,
  credentials: { accessKeyId: "key", secretAccessKey: "secret" },
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler(),
});
const traced = <T extends object>(client: T): T => instrument(client, { tracerProvider: tracing.provider });

async function onlySpan(): Promise<Readonly<Record<string, unknown>>> {
  return (await tracing.spans.only()).attributes;
}

it("gives a callback what it gets without us, and ends one span", async () => {
  const client = traced(new BedrockRuntimeClient(configuration(converse)));
  const answer = await new Promise<ConverseCommandOutput | undefined>((resolve, reject) => {
    const returned: unknown = client.send(new ConverseCommand(request), (error: unknown, output) => {
      if (error) reject(error);
      else resolve(output);
    });
    expect(returned).toBeUndefined();
  });
  expect(answer?.stopReason).toBe("max_tokens");
  expect(await onlySpan()).toMatchObject({
    "gen_ai.response.finish_reasons": ["length"],
    "gen_ai.usage.input_tokens": 8,
  });
});

it("gives a callback the error, and ends one span with it", async () => {
  const client = traced(new BedrockRuntimeClient({ ...configuration(converse), endpoint: "http://127.0.0.1:1" }));
  const error = await new Promise<unknown>((resolve) => {
    client.send(new ConverseCommand(request), (failure: unknown) => resolve(failure));
  });
  expect(error).toMatchObject({ code: "ECONNREFUSED" });
  expect(await onlySpan()).toMatchObject({ "error.type": "ECONNREFUSED" });
});

it("traces the methods of the aggregated client once, with the model as it was given", async () => {
  const client = traced(new BedrockRuntime(configuration(converse)));
  await client.converse(request);
  expect(await onlySpan()).toMatchObject({
    "gen_ai.request.model": request.modelId,
    "genspan.request.path": expect.stringContaining(`/model/${encodeURIComponent(request.modelId)}/converse`),
    "genspan.response.request_id": "e6c824a2-3342-4707-ac1b-593670aae521",
    "http.response.status_code": 200,
  });
});

it("traces no command that calls no model", async () => {
  const client = traced(new BedrockRuntimeClient(configuration(countTokens)));
  const input = { converse: { messages: request.messages } };
  const modelId = "us.anthropic.claude-sonnet-4-20250514-v1:0";
  await expect(client.send(new CountTokensCommand({ modelId, input }))).rejects.toThrow("counting tokens");
  expect(tracing.spans.started).toHaveLength(0);
});

/** Sends what is meant for AWS to the replay server. */
class Redirecting extends NodeHttpHandler {
  override handle(...[sent, options]: Parameters<NodeHttpHandler["handle"]>): ReturnType<NodeHttpHandler["handle"]> {
    const { hostname, port } = new URL(server.url);
    sent.path = `/_c/${converse}${sent.path}`;
    return super.handle(Object.assign(sent, { protocol: "http:", hostname, port: Number(port) }), options);
  }
}

it("names the server of the region, where no endpoint is given", async () => {
  const { endpoint: _endpoint, ...others } = configuration(converse);
  const requestHandler = new Redirecting();
  const client = traced(new BedrockRuntimeClient({ ...others, region: "eu-west-1", requestHandler }));
  await client.send(new ConverseCommand(request));
  expect(await onlySpan()).toMatchObject({
    "server.address": "bedrock-runtime.eu-west-1.amazonaws.com",
    "server.port": 443,
  });
});

it("leaves other clients of the AWS SDK alone, though they inherit the same method", () => {
  const prototype: object = Object.getPrototypeOf(BedrockRuntimeClient.prototype);
  traced(new BedrockRuntimeClient(configuration(converse)));
  expect(Object.hasOwn(BedrockRuntimeClient.prototype, "send")).toBe(true);
  expect(Object.getOwnPropertyDescriptor(prototype, "send")?.value).not.toBe(BedrockRuntimeClient.prototype.send);
});
