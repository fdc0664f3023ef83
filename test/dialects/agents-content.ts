/** What the models said in the recordings that the runs of agents are made of (`recorders/turns.mjs`). */

export const said = (content: string): object => ({ type: "text", content });
const called = (name: string, args: object, id?: string): object => ({
  type: "tool_call",
  ...(id !== undefined && { id }),
  name,
  arguments: args,
});

export const SAN_FRANCISCO: object = called(
  "get_current_weather",
  { location: "San Francisco, CA" },
  "call_SWFIWhfCI6AeHuaV6EM1MRsJ",
);
export const SQUARE: object = called(
  "final_result",
  { original_number: 2, square: 4 },
  "call_SFJ8RcVqYmd07reqSUFf8dvR",
);
export const LONDON: object = called("temperature", { city: "London", date: "2022-01-01" });
export const EMPTY: object = said("");
