import { finishReasons } from "./value-maps.ts";
import { field } from "./values.ts";

type Json = Readonly<Record<string, unknown>>;

/** Why the model stopped, by the body of a response of OpenAI's: one reason for each choice, or none at all. */
export function reasonsIn(body: Json): readonly string[] | undefined {
  if (body["object"] === "response") return responseReasons(body);
  const { choices } = body;
  if (!Array.isArray(choices)) return undefined;
  const reasons = choices.flatMap((choice) => finishReasons(field(choice, "finish_reason")) ?? []);
  return reasons.length > 0 && reasons.length === choices.length ? reasons : undefined;
}

/** The Responses API has a status instead of a reason: a finished response that calls a function waits for its result. */
function responseReasons({ status, output, incomplete_details: details }: Json): readonly string[] | undefined {
  if (status === "incomplete") return finishReasons(field(details, "reason"));
  if (status === "in_progress" || status === "queued") return undefined; // it has not ended
  if (status !== "completed") return finishReasons(status);
  const calls = Array.isArray(output) && output.some((item) => field(item, "type") === "function_call");
  return [calls ? "tool_call" : "stop"];
}
