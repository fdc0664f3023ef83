/** Runs of agents: a model asks for a tool in one recorded answer, and ends in another. */

/** Ends of the ids of the recordings that answer in turn, by what is asked. */
const TURNS = {
  chat: ["litellm-instrumentation-cacdb7", "token-counts-24a998"],
  "chat-stream": ["agent-run-stream-structured-with-tool-7153b3", "chat-completion-with-raw-response-streaming-6a7f58"],
  responses: ["openai-responses-post-f5f637a6-77e6a9", "generateobject-with-agent-949531"],
  "responses-stream": ["response-function-call-streamed-228cd5", "responses-streaming-with-content-eec118"],
  gemini: ["google-model-structured-output-1d950f", "google-model-web-fetch-tool-d62b03"],
};

/**
 * Settings of an OpenAI client whose requests are answered in turn, the tool that the first answer calls, and the words
 * of the user.
 */
export function turnsOf(plays, name) {
  const asked = TURNS[name].map((end) => plays.find(({ id }) => id.endsWith(end)));
  const [{ baseURL, body }] = asked;
  let turn = 0;
  const own = globalThis.fetch;
  const fetch = (url, init) => own(String(url).replace(baseURL, asked[turn++].baseURL), init);
  const tools = body.tools.flatMap(({ function: declared, functionDeclarations, ...rest }) => {
    return functionDeclarations ?? [declared ?? rest];
  });
  // Of the tools of that recording the answer calls the last.
  const tool = name === "chat-stream" ? tools.at(-1) : tools[0];
  return { client: { apiKey: "key", baseURL, maxRetries: 0, fetch }, tool, model: body.model };
}

export const QUESTION = "What is it like there?";
export const INSTRUCTIONS = "Be brief.";
export const RESULT = "Sunny, 18 degrees.";

/** Makes each run and prints, as JSON, the spans that `take` gives after it. */
export async function runTurns(plays, names, agent, take) {
  const spans = {};
  for (const name of names) {
    try {
      await agent({ name, ...turnsOf(plays, name) });
    } catch (error) {
      console.error(name, error);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    spans[name] = await take();
  }
  process.stdout.write(`\n${JSON.stringify(spans)}\n`, () => process.exit(0));
}
