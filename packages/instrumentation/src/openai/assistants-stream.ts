import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, record, text, type UnknownRecord } from "../engine/read.ts";

/** Folds the events of a run, `{ event, data }`, into the run, with what it said as items of the Responses API in `output`. */
export function assistantStream(content: boolean): ChunkFold {
  return new RunFold(content);
}

class RunFold implements ChunkFold {
  readonly #content: boolean;
  /** By the id of message or step, in the order in which they began. */
  readonly #output = new Map<unknown, readonly UnknownRecord[]>();
  #run: UnknownRecord = {};

  constructor(content: boolean) {
    this.#content = content;
  }

  add(chunk: unknown): void {
    if (!isRecord(chunk)) return;
    const { event, data } = chunk;
    if (typeof event !== "string" || !isRecord(data)) return;
    if (event.startsWith("thread.run.step.")) {
      if (this.#content && event === "thread.run.step.completed") this.#put(data, stepItems(data));
    } else if (event.startsWith("thread.run.")) {
      this.#run = data;
    } else if (this.#content && event === "thread.message.delta") {
      this.#put(data, withDelta(this.#output.get(data["id"]), data));
    } else if (this.#content && (event === "thread.message.completed" || event === "thread.message.incomplete")) {
      this.#put(data, [messageItem(data)]);
    }
  }

  #put({ id }: UnknownRecord, items: readonly UnknownRecord[]): void {
    this.#output.set(id, items);
  }

  response(): unknown {
    return { ...this.#run, output: [...this.#output.values()].flat() };
  }
}

function messageItem({ content }: UnknownRecord): UnknownRecord {
  return { type: "message", content: list(content).filter(isRecord).map(contentPart) };
}

function contentPart(part: UnknownRecord): UnknownRecord {
  if (isRecord(part["text"])) return { type: "text", text: part["text"]["value"] };
  if (isRecord(part["image_file"])) return { type: "input_image", file_id: part["image_file"]["file_id"] };
  if (isRecord(part["image_url"])) return { type: "input_image", image_url: part["image_url"]["url"] };
  return part;
}

/** A message of which only pieces came yet: its text so far. */
function withDelta(known: readonly UnknownRecord[] = [], data: UnknownRecord): readonly UnknownRecord[] {
  const [before] = list(known[0]?.["content"]);
  let all = text(record(before)["text"]) ?? "";
  for (const part of list(record(data["delta"])["content"])) {
    all += text(record(record(part)["text"])["value"]) ?? "";
  }
  return [{ type: "message", content: [{ type: "text", text: all }] }];
}

/** Tools of the provider's. Functions are the application's: the run asks for them in `required_action`. */
function stepItems({ step_details: details }: UnknownRecord): readonly UnknownRecord[] {
  const calls = list(record(details)["tool_calls"]).filter(isRecord);
  return calls.flatMap((call) => {
    const { id, type } = call;
    if (typeof type !== "string" || type === "function") return [];
    return [{ ...record(call[type]), type: `${type}_call`, id }];
  });
}
