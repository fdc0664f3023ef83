import { answer, call, type Documented, json, kept, one, said } from "./case.ts";

const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const kind = (name: string) => ({ "genkit:metadata:subtype": name });
const model = { ...kind("model"), "genkit:name": "googleai/gemini-2.5-pro" };

export const genkit: Documented = {
  dialect: "genkit",
  scope: "genkit-tracer",
  always: { "genkit:type": "action" },
  cases: [
    ...Object.entries({
      model: "chat",
      tool: "execute_tool",
      flow: "invoke_workflow",
      agent: "invoke_agent",
      embedder: "embeddings",
      retriever: "retrieval",
      reranker: "rerank",
      prompt: undefined,
      evaluator: undefined,
    }).map(([name, operation]) => one(kind(name), { "gen_ai.operation.name": operation })),
    one(model, { "gen_ai.provider.name": "gcp.gemini", "gen_ai.request.model": "gemini-2.5-pro" }),
    one(
      { ...kind("model"), "genkit:name": "mine" },
      { "gen_ai.provider.name": undefined, "gen_ai.request.model": "mine" },
    ),
    one({ ...kind("tool"), "genkit:name": "f" }, { "gen_ai.tool.name": "f", "genkit:name": "f" }),
    one({ ...kind("flow"), "genkit:name": "f" }, { "gen_ai.workflow.name": "f" }),
    one({ ...kind("agent"), "genkit:name": "f" }, { "gen_ai.agent.name": "f" }),
    one(
      {
        ...model,
        "genkit:input": json({
          messages: [
            { role: "system", content: [{ text: "Be brief." }] },
            { role: "user", content: [{ text: "Look:" }, { media: { url: "data:image/png;base64,QQ==" } }] },
            {
              role: "model",
              content: [{ reasoning: "Hm." }, { toolRequest: { ref: "c1", name: "f", input: { a: 1 } } }],
            },
            { role: "tool", content: [{ toolResponse: { ref: "c1", name: "f", output: "42" } }] },
          ],
          config: { temperature: 0.5, maxOutputTokens: 9, stopSequences: ["END"] },
          tools: [{ name: "f", description: "d", inputSchema: { type: "object" } }],
          output: { format: "json" },
        }),
      },
      {
        [INPUT]: [
          said("system", "Be brief."),
          said("user", "Look:", { type: "blob", modality: "image", mime_type: "image/png", content: "QQ==" }),
          said("assistant", { type: "reasoning", content: "Hm." }, call("c1", "f", { a: 1 })),
          said("tool", answer("c1", "42")),
        ],
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.max_tokens": 9,
        "gen_ai.request.stop_sequences": ["END"],
        "gen_ai.output.type": "json",
        "gen_ai.tool.definitions": [{ type: "function", name: "f", description: "d", parameters: { type: "object" } }],
        "genkit:input": undefined,
      },
    ),
    one(
      {
        ...model,
        "genkit:output": json({
          message: { role: "model", content: [{ text: "Hello" }] },
          finishReason: "length",
          usage: { inputTokens: 3, outputTokens: 4, thoughtsTokens: 5, totalTokens: 12, cachedContentTokens: 2 },
          raw: { responseId: "r1", modelVersion: "gemini-2.5-pro-001" },
        }),
      },
      {
        [OUTPUT]: [said("assistant", "Hello")],
        "gen_ai.response.finish_reasons": ["length"],
        "gen_ai.response.id": "r1",
        "gen_ai.response.model": "gemini-2.5-pro-001",
        "gen_ai.usage.input_tokens": 3,
        "gen_ai.usage.output_tokens": 9,
        "gen_ai.usage.reasoning.output_tokens": 5,
        "gen_ai.usage.cache_read.input_tokens": 2,
        "genkit:output": undefined,
      },
    ),
    one(
      { ...model, "genkit:output": json({ finishReason: "blocked", finishMessage: "unsafe" }) },
      { "gen_ai.response.finish_reasons": ["content_filter"], [OUTPUT]: undefined },
    ),
    one(
      { ...kind("tool"), "genkit:input": '{"a":1}', "genkit:output": '"42"' },
      { "gen_ai.tool.call.arguments": { a: 1 }, "gen_ai.tool.call.result": "42", "genkit:output": undefined },
    ),
    one(
      { ...kind("flow"), "genkit:input": '"go"', "genkit:output": '"done"' },
      { [INPUT]: [said("user", "go")], [OUTPUT]: [said("assistant", "done")] },
    ),
    one(
      { ...kind("embedder"), "genkit:output": json({ embeddings: [{ embedding: [0.1, 0.2, 0.3] }] }) },
      { "gen_ai.embeddings.dimension.count": 3, "genkit:output": undefined },
    ),
    kept({ "genkit:type": "util", "genkit:name": "generate", "genkit:input": "{}", "genkit:path": "/{a}" }),
  ],
};
