import type { Surroundings } from "./surroundings.ts";

const EVERY_MILLIS = 500;

/** A line on the terminal that says how far a long run has come; silent where errors go to a file. */
export class Progress {
  readonly #errors: Surroundings["errors"];
  readonly #startedAt = Date.now();
  #shownAt = Date.now();
  #isShown = false;
  spans = 0;
  records = 0;

  constructor(errors: Surroundings["errors"]) {
    this.#errors = errors;
  }

  step(): void {
    const now = Date.now();
    if (!this.#errors.isTTY || now - this.#shownAt < EVERY_MILLIS) return;
    this.#shownAt = now;
    this.#isShown = true;
    const seconds = (now - this.#startedAt) / 1e3;
    const rate = Math.round(this.spans / seconds).toLocaleString("en");
    this.#errors.write(
      `\r\u001b[Kgenspan: ${this.spans.toLocaleString("en")} spans, ${rate}/s, ${this.records.toLocaleString("en")} records`,
    );
  }

  /** Takes the line away, so that what follows stands alone. */
  clear(): void {
    if (this.#isShown) this.#errors.write("\r\u001b[K");
    this.#isShown = false;
  }
}
