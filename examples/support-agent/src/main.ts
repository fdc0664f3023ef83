/**
 * The main job from end to end, without keys or network: a support agent with the real `openai` client, an embedded
 * provider that replays recorded traffic, and embedded endpoints in the place of five vendors and an OTLP collector.
 *
 *   npx -y pnpm@12 demo
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { memory } from "@genspan/exporter";
import type { ReadableSpanLike } from "@genspan/mapping";
import { propagateAttributes, register } from "genspan";
import OpenAI from "openai";
import { runAgent } from "./agent.ts";
import { startModelServer } from "./model-server.ts";
import { deliveryTable, traceTree } from "./print.ts";
import { startVendorEndpoints } from "./vendor-endpoints.ts";

const folder = process.env.GENSPAN_DEMO_DIR ?? fileURLToPath(new URL("../../../.genspan/demo", import.meta.url));
const model = await startModelServer();
const apiKey = "demo-key";
const vendors = await startVendorEndpoints(folder, apiKey);
const { urls } = vendors;
const spans: ReadableSpanLike[] = [];

const projectId = "5b6f0c1e-2a51-4a3e-9d57-0c9d4be7b0aa";
const logStreamId = "0f8fad5b-d9cb-469f-a165-70867728950e";

const genspan = register({
  serviceName: "support-agent",
  resourceAttributes: { "service.version": "1.0.0", "deployment.environment.name": "demo" },
  captureContent: "span",
  captureRaw: true,
  captureStacktrace: true,
  destinations: [
    {
      type: "vendor",
      vendor: "log10",
      options: { token: apiKey, organizationId: "org_demo", baseUrl: urls.log10 },
    },
    {
      type: "vendor",
      vendor: "noveum",
      options: {
        elasticsearchUrl: urls.noveum,
        username: "demo",
        password: apiKey,
        orgId: "org_demo",
        projectId: "proj_support",
        projectName: "Support",
      },
    },
    { type: "vendor", vendor: "keywords-ai", options: { apiKey, baseUrl: urls["keywords-ai"] } },
    {
      type: "vendor",
      vendor: "galileo",
      options: { apiKey, projectId, logStreamId, url: `${urls.galileo}/traces` },
    },
    {
      type: "vendor",
      vendor: "galileo-ingest",
      options: { apiKey, projectId, logStreamId, baseUrl: urls["galileo-ingest"] },
    },
    {
      type: "vendor",
      vendor: "cyberpod",
      options: { token: apiKey, endpoint: `${urls.cyberpod}/api/v1/telemetry/traces` },
    },
    { type: "otlp", endpoint: urls.otlp, protocol: "http/json" },
    memory(spans),
  ],
});

const client = genspan.instrument(new OpenAI({ apiKey, baseURL: model.url, maxRetries: 0 }));
const tracer = genspan.tracerProvider.getTracer("support-agent");

console.log("A customer talks to the support agent\n");
const write = (text: string) => void process.stdout.write(text);
await propagateAttributes(
  { userId: "customer-7", sessionId: "session-42", conversationId: "ticket-1234", tags: ["demo"] },
  () => runAgent({ client, tracer, write }),
);
await genspan.shutdown();

console.log("\nWhat genspan saw\n");
console.log(traceTree(spans));
console.log("\nWhat was delivered, over HTTP, to endpoints in the place of\n");
const delivered = vendors.delivered().map((one) => ({ ...one, file: relative(process.cwd(), one.file) }));
console.log(deliveryTable(delivered));

const undelivered = genspan.status().exporter.destinations.filter(({ accepted, sent }) => accepted !== sent);
for (const { name, lastError } of undelivered) console.error(`${name}: not everything was delivered: ${lastError}`);
const refused = delivered.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
for (const problem of refused) console.error(problem);
process.exitCode = undelivered.length + refused.length === 0 ? 0 : 1;
model.close();
await vendors.close();
