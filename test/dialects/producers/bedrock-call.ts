import {
  type BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { consume, type Play } from "./run.ts";

/** HTTP 1, as the replay server speaks. */
export const bedrockOptions = ({ baseURL }: Play): BedrockRuntimeClientConfig => ({
  region: "us-east-1",
  endpoint: baseURL.replace(/\/v1$/, ""),
  credentials: { accessKeyId: "key", secretAccessKey: "secret" },
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler(),
});

/** Makes the recorded call and reads the answer to its end. */
export async function callBedrock(client: BedrockRuntimeClient, { api, path, body }: Play): Promise<void> {
  const modelId = decodeURIComponent(path.split("/")[2] ?? "");
  const converse = { modelId, ...body } as never; // recorded bodies were checked by the provider
  const invoke = { modelId, contentType: "application/json", body: JSON.stringify(body) };
  if (api === "converse") await client.send(new ConverseCommand(converse));
  else if (api === "converse-stream") await consume((await client.send(new ConverseStreamCommand(converse))).stream);
  else if (api === "invoke") await client.send(new InvokeModelCommand(invoke));
  else await consume((await client.send(new InvokeModelWithResponseStreamCommand(invoke))).body);
}
