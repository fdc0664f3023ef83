import type { ChunkFold } from "../adapter.ts";
import { isRecord, place, type UnknownRecord } from "../engine/read.ts";

/**
 * Folds the typed events of a streamed response. The first and the last events carry the whole response, so that
 * nothing is put together unless the stream breaks off.
 */
export function responsesStream(content: boolean): ChunkFold {
  return new ResponsesFold(content);
}

const finalStatuses: ReadonlySet<unknown> = new Set(["completed", "incomplete", "failed", "cancelled"]);

class ResponsesFold implements ChunkFold {
  readonly #content: boolean;
  readonly #items: unknown[] = [];
  readonly #texts: string[] = [];
  #response: UnknownRecord | undefined;

  constructor(content: boolean) {
    this.#content = content;
  }

  add(event: unknown): void {
    if (!isRecord(event)) return;
    const { response } = event;
    if (isRecord(response)) this.#response = response;
    else if (this.#content) this.#addOutput(event);
  }

  #addOutput(event: UnknownRecord): void {
    const { type, output_index, item, delta } = event;
    const at = place(output_index);
    if (type === "response.output_item.done") this.#items[at] = item;
    else if (type === "response.output_text.delta" && typeof delta === "string") {
      this.#texts[at] = (this.#texts[at] ?? "") + delta;
    }
  }

  response(): unknown {
    const response = this.#response ?? {};
    if (finalStatuses.has(response["status"])) return response;
    const length = Math.max(this.#items.length, this.#texts.length);
    const output = Array.from({ length }, (_, index) => this.#items[index] ?? this.#unfinished(index));
    // The final event never came: what `cancelled` means for the finish reason holds here too.
    return { ...response, status: "cancelled", output };
  }

  #unfinished(index: number): unknown {
    const text = this.#texts[index];
    return text === undefined ? undefined : { type: "message", content: [{ type: "output_text", text }] };
  }
}
