import { register } from "genspan";
import OpenAI from "openai";

const endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? "http://localhost:4318";

const genspan = register({
  serviceName: "otlp-collector-example",
  destinations: [
    { type: "otlp", name: "spans-as-json", endpoint, protocol: "http/json" },
    { type: "otlp", name: "spans-as-protobuf", endpoint, protocol: "http/protobuf" },
    // The collector also takes a vendor's records: each is the body of a log record.
    { type: "vendor", vendor: "keywords-ai", to: { type: "otlp", endpoint } },
  ],
});

const client = genspan.instrument(new OpenAI()); // OPENAI_API_KEY, OPENAI_BASE_URL
const completion = await client.chat.completions.create({
  model: process.env.OPENAI_MODEL ?? "gpt-4o-mini",
  messages: [{ role: "user", content: "Say hello." }],
});
console.log(completion.choices[0]?.message.content);

await genspan.shutdown();
for (const { name, sent, lastError } of genspan.status().exporter.destinations) {
  console.log(`${name}: ${sent} sent${lastError === undefined ? "" : `, last error: ${lastError}`}`);
}
