import type { ChunkFold } from "../adapter.ts";
import { isRecord, list, parseJson, record, type UnknownRecord } from "../engine/read.ts";

/** Events of a streamed interaction: `step.*` since 2.x of the client, `content.*` in 1.x. */
export function interactionStream(content: boolean): ChunkFold {
  return new InteractionFold(content);
}

class InteractionFold implements ChunkFold {
  readonly #content: boolean;
  readonly #steps = new Map<unknown, Record<string, unknown>>();
  #interaction: UnknownRecord = {};
  #isOver = false;

  constructor(content: boolean) {
    this.#content = content;
  }

  add(event: unknown): void {
    if (!isRecord(event)) return;
    const { event_type, interaction, status, error, index } = event;
    if (isRecord(interaction)) this.#interaction = { ...this.#interaction, ...interaction };
    else if (status !== undefined) this.#interaction = { ...this.#interaction, status };
    if (event_type === "interaction.completed" || event_type === "interaction.complete") this.#isOver = true;
    if (event_type === "error") {
      this.#isOver = true;
      this.#interaction = { ...this.#interaction, error: error ?? {}, status: "failed" };
    }
    if (!this.#content) return;
    if (isRecord(event["step"])) this.#steps.set(index, { ...event["step"] });
    else if (isRecord(event["content"])) this.#steps.set(index, { ...event["content"] });
    if (isRecord(event["delta"])) this.#addDelta(index, event["delta"]);
  }

  #addDelta(index: unknown, { type, ...delta }: UnknownRecord): void {
    const step = this.#steps.get(index) ?? { type: "model_output" };
    this.#steps.set(index, step);
    if (type === "thought_signature" || type === "text_annotation") return;
    if (type === "thought_summary") step["summary"] = [...list(step["summary"]), delta["content"]];
    else if (type === "arguments_delta")
      step["arguments"] = `${textOf(step["arguments"])}${textOf(delta["arguments"])}`;
    else if (type !== "text" && step["type"] !== "model_output") Object.assign(step, delta);
    else if (step["type"] !== "model_output") step["text"] = `${textOf(step["text"])}${textOf(delta["text"])}`;
    else step["content"] = withContent(list(step["content"]), { type, ...delta });
  }

  response(): unknown {
    const { steps, outputs } = this.#interaction;
    const folded = [...this.#steps.values()].map((step) => ({ ...step, arguments: parseJson(step["arguments"]) }));
    const whole = { ...this.#interaction, steps: steps ?? outputs ?? folded };
    // What broke off has no reason of its own; whether it is an error is the client's to tell.
    return this.#isOver ? whole : { ...whole, status: "cancelled" };
  }
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Neighbouring texts are one text. */
function withContent(contents: readonly unknown[], piece: UnknownRecord): readonly unknown[] {
  const last = record(contents.at(-1));
  if (piece["type"] !== "text" || last["type"] !== "text") return [...contents, piece];
  return [...contents.slice(0, -1), { ...last, text: `${textOf(last["text"])}${textOf(piece["text"])}` }];
}
