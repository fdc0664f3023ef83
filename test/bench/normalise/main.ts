/**
 * Reading spans of other dialects: CPU time of one span in the current form, and of one that OpenInference has flattened, 2 KB in
 * and 1 KB out; beside them one parse and one stringify of the same messages. Prints; it judges nothing.
 *
 *   npx -y pnpm@12 bench normalise [rounds]
 */
import { normalise, type ReadableSpanLike, to } from "@genspan/mapping";
import { interleave } from "../interleave.ts";

const rounds = Number(process.argv[2] ?? 12);
/** Many, since each round begins with a collection, after which the first calls are slow. */
const CALLS = 20_000;

const prose = 'Lorem ipsum dolor sit amet, consectetur "adipiscing" elit. '.repeat(20);
const message = (role: string, length: number) => ({
  role,
  parts: [{ type: "text", content: prose.slice(0, length) }],
});
const input = JSON.stringify(["system", "user", "assistant", "user"].map((role) => message(role, 512)));
const output = JSON.stringify([message("assistant", 1024)]);

const current: ReadableSpanLike = {
  name: "chat gpt-4o",
  kind: 2,
  spanContext: () => ({ traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "a2fb4a1d1a96d312", traceFlags: 1 }),
  startTime: [1_795_169_730, 0],
  endTime: [1_795_169_731, 0],
  duration: [1, 0],
  ended: true,
  status: { code: 0 },
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.request.temperature": 0.7,
    "gen_ai.request.max_tokens": 256,
    "gen_ai.response.id": "chatcmpl-1",
    "gen_ai.response.model": "gpt-4o-2024-08-06",
    "gen_ai.response.finish_reasons": ["stop"],
    "gen_ai.usage.input_tokens": 500,
    "gen_ai.usage.output_tokens": 250,
    "gen_ai.usage.cache_read.input_tokens": 0,
    "gen_ai.input.messages": input,
    "gen_ai.output.messages": output,
    "server.address": "api.openai.com",
    "server.port": 443,
    "app.tenant": "blue",
  },
  links: [],
  events: [],
  resource: { attributes: {} },
  instrumentationScope: { name: "bench" },
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0,
};
const flattened = to("openinference")(current);

const measured = await interleave(
  [
    {
      name: "one parse and one stringify",
      run: async () => void JSON.stringify([JSON.parse(input), JSON.parse(output)]),
    },
    { name: "current form", run: async () => void normalise(current) },
    { name: "flattened OpenInference", run: async () => void normalise(flattened) },
    { name: "current form, said in OpenInference", run: async () => void to("openinference")(current) },
  ],
  { rounds, calls: CALLS },
);
const attributes = Object.keys(flattened.attributes).length;
console.log(
  `\n2 KB in, 1 KB out; ${attributes} attributes flattened\n${"".padEnd(38)}${"CPU us min".padStart(12)}${"median".padStart(10)}`,
);
for (const { name, min, median } of measured) {
  console.log(`${name.padEnd(38)}${min.toFixed(2).padStart(12)}${median.toFixed(2).padStart(10)}`);
}
