import { finishReasons } from "./value-maps.ts";
import { field } from "./values.ts";

type Json = Readonly<Record<string, unknown>>;

/** Why the model stopped, by the body of a response of any API: one reason for each choice, or none at all. */
export function reasonsIn(body: Json): readonly string[] | undefined {
  if (body["object"] === "response") return responseReasons(body);
  const choices = listOf(body);
  if (choices === undefined) return finishReasons(body["stop_reason"] ?? body["stopReason"] ?? body["finish_reason"]);
  const reasons = choices.flatMap((choice) => finishReasons(reasonOf(choice)) ?? []);
  return reasons.length > 0 && reasons.length === choices.length ? reasons : undefined;
}

/** OpenAI's choices, Gemini's candidates, LangChain's generations, which stand in a list for each prompt. */
function listOf({ choices, candidates, generations }: Json): readonly unknown[] | undefined {
  const list = choices ?? candidates ?? generations;
  return Array.isArray(list) ? list.flat() : undefined;
}

function reasonOf(choice: unknown): unknown {
  const stated = field(choice, "finish_reason") ?? field(choice, "finishReason");
  if (stated !== undefined) return stated;
  const info = field(choice, "generation_info") ?? field(choice, "generationInfo");
  const message = field(choice, "message");
  const metadata = field(field(message, "kwargs") ?? message, "response_metadata");
  return field(info, "finish_reason") ?? field(metadata, "finish_reason") ?? field(metadata, "stop_reason");
}

/** The Responses API has a status instead of a reason: a finished response that calls a function waits for its result. */
function responseReasons({ status, output, incomplete_details: details }: Json): readonly string[] | undefined {
  if (status === "incomplete") return finishReasons(field(details, "reason"));
  if (status === "in_progress" || status === "queued") return undefined; // it has not ended
  if (status !== "completed") return finishReasons(status);
  const calls = Array.isArray(output) && output.some((item) => field(item, "type") === "function_call");
  return [calls ? "tool_call" : "stop"];
}
