/** Runs of agents that were recorded once, and what their spans tell after normalising. */
import { EMPTY, LONDON, SAN_FRANCISCO, SQUARE, said } from "./agents-content.ts";

export interface ToldCall {
  readonly provider?: string;
  readonly model: string;
  readonly answeredBy?: string;
  readonly reasons: readonly string[];
  /** Input and output. */
  readonly tokens: readonly [number, number];
  /** The role of each message and the types of its parts. */
  readonly input: readonly string[];
  readonly output: readonly object[];
}

export interface ToldTool {
  readonly name: string;
  /** A framework may make one up: then whether there is one. */
  readonly id?: string;
  readonly arguments: string;
  readonly result: string;
}

export interface Run {
  readonly name: string;
  readonly file: string;
  /** Of the recorded runs in the file. */
  readonly run: string;
  /** What the model said last. */
  readonly answer: string;
  readonly calls: readonly [ToldCall, ToldCall];
  readonly tool: ToldTool;
  /** Names of agents and workflows, in the order in which they ended; a root may have none. */
  readonly around: readonly (string | undefined)[];
}

const ASKED = ["system text", "user text"];
const CALLED = [...ASKED, "assistant tool_call"];
const ANSWERED = [...CALLED, "tool tool_call_response"];
const RESULT = "Sunny, 18 degrees.";

const openai = { provider: "openai", model: "gpt-4o-mini", answeredBy: "gpt-4o-mini-2024-07-18" };
const asking: ToldCall = { ...openai, reasons: ["tool_call"], tokens: [80, 18], input: ASKED, output: [SAN_FRANCISCO] };
const ending: ToldCall = { ...openai, reasons: ["stop"], tokens: [20, 4], input: ANSWERED, output: [said("Ciao!")] };
const weather: ToldTool = {
  name: "get_current_weather",
  arguments: '{"location":"San Francisco, CA"}',
  result: RESULT,
};
const named: ToldTool = { ...weather, id: "call_SWFIWhfCI6AeHuaV6EM1MRsJ" };
const chat = { run: "chat", answer: "Ciao!", calls: [asking, ending] as const };

const TEST = "This is a test. How can I assist you today?";
const gpt4 = { provider: "strands-agents", model: "gpt-4o" };
const squared: ToldTool = {
  name: "final_result",
  id: "call_SFJ8RcVqYmd07reqSUFf8dvR",
  arguments: '{"original_number":2,"square":4}',
  result: RESULT,
};
const strands = {
  run: "chat-stream",
  answer: TEST,
  calls: [
    { ...gpt4, reasons: ["tool_call"], tokens: [110, 19], input: ASKED, output: [SQUARE] },
    { ...gpt4, reasons: ["stop"], tokens: [12, 12], input: ANSWERED, output: [said(TEST)] },
  ],
  tool: squared,
  around: ["weather"],
} as const;

const gemini = { provider: "gcp.gen_ai", model: "gemini-2.0-flash", reasons: ["stop"] };
const FRAMEWORK =
  "Pydantic AI is a Python agent framework designed to make it less painful to build production grade applications with Generative AI.";

export const AGENTS: readonly Run[] = [
  {
    name: "OpenInference 0.2.15 for OpenAI's agents 0.20.0",
    file: "testdata/openai-agents.json",
    ...chat,
    tool: weather,
    // Turns and the trace are chains; the root is the workflow, which OpenInference calls an agent.
    around: [undefined, undefined, "weather", undefined, undefined],
  },
  { name: "Strands' agents 1.19.0", file: "testdata/strands.json", ...strands },
  {
    name: "Strands' agents 1.19.0, latest conventions",
    file: "testdata/strands-latest.json",
    ...strands,
    calls: [{ ...strands.calls[0] }, { ...strands.calls[1], input: [...CALLED, "user tool_call_response"] }],
    tool: { ...squared, result: `[{"text":"${RESULT}"}]` },
  },
  { name: "Genkit 1.42.0", file: "testdata/genkit.json", ...chat, tool: weather, around: ["weather"] },
  {
    name: "Google's ADK 2.0.0",
    file: "testdata/adk.json",
    run: "gemini",
    answer: FRAMEWORK,
    calls: [
      { ...gemini, tokens: [69, 14], input: ASKED, output: [LONDON] },
      // Thoughts count as output.
      { ...gemini, tokens: [32, 88], input: ANSWERED, output: [said(FRAMEWORK)] },
    ],
    tool: {
      name: "temperature",
      id: "adk-",
      arguments: '{"city":"London","date":"2022-01-01"}',
      result: `{"result":"${RESULT}"}`,
    },
    around: ["weather"],
  },
  {
    name: "OpenInference 4.1.1 for LangGraph 1.7.3",
    file: "testdata/langgraph-openinference.json",
    ...chat,
    // The instrumentation writes the first value in the place of all.
    tool: { ...named, arguments: "San Francisco, CA" },
    around: [undefined],
  },
  {
    name: "Langfuse 5.11.1 for LangGraph 1.7.3",
    file: "testdata/langgraph-langfuse.json",
    ...chat,
    // The handler drops why the model stopped.
    calls: [
      { ...asking, reasons: [] },
      { ...ending, reasons: [] },
    ],
    tool: named,
    // The graph is a span like any other.
    around: [],
  },
  {
    name: "OpenLLMetry 0.27.0 for LangGraph 1.7.3",
    file: "testdata/langgraph-openllmetry.json",
    ...chat,
    // The instrumentation drops calls, and records the model that was asked for as the one that answered.
    calls: [
      { ...asking, answeredBy: "gpt-4o-mini", output: [EMPTY] },
      {
        ...ending,
        answeredBy: "gpt-4o-mini",
        input: [...ASKED, "assistant text", "tool tool_call_response"],
      },
    ],
    tool: named,
    around: ["CompiledStateGraph"],
  },
];
