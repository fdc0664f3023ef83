import { context, trace } from "@opentelemetry/api";
import { Client } from "langsmith";
import { setOTELInstances } from "langsmith/lib/singletons/otel.mjs";
import { wrapOpenAI } from "langsmith/wrappers";
import OpenAI from "openai";
import { callOpenAI } from "./openai-call.ts";
import { produce } from "./support.ts";

/** Runs become spans of the global provider and go nowhere else. `initializeOTEL` would bring an exporter along. */
process.env["LANGSMITH_TRACING"] = "true";
process.env["LANGSMITH_TRACING_MODE"] = "otel";
setOTELInstances({ trace, context });
const client = new Client({
  apiKey: "key",
  apiUrl: "http://127.0.0.1:9",
  fetchImplementation: () => Promise.resolve(Response.json({})),
});

await produce(async (play) => {
  const openai = wrapOpenAI(new OpenAI({ apiKey: "key", baseURL: play.baseURL, maxRetries: 0 }), { client });
  await callOpenAI(openai as never, play);
  await new Promise((resolve) => setTimeout(resolve, 20)); // a run is written a moment after its stream
  await client.awaitPendingTraceBatches();
});
