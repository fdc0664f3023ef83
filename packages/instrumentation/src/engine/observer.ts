import type { Call } from "./call.ts";
import { reportOwnError } from "./reports.ts";

/**
 * What promises, parsers and iterators of one call hold on to. When none of them is left, nobody can report to the
 * call any more, and it is ended. The call does not hold its observer, or that would never happen.
 */
export class Observer {
  readonly call: Call;
  /** The application asked for the parsed value. */
  isParsed = false;
  /** The application asked for the raw response. */
  isRaw = false;
  hasHeaders = false;
  hasData = false;

  constructor(call: Call) {
    this.call = call;
  }

  /**
   * From here on the application alone decides whether the call is ever over. Not before: an exchange that runs reports
   * in any case, and a registered object lives until the next full collection, which costs 4 µs a call.
   */
  watch(): void {
    dropped.register(this, this.call);
  }

  /** Runs a report; its failure is ours, never the application's. */
  report(what: string, run: (call: Call) => void): void {
    try {
      run(this.call);
    } catch (error) {
      reportOwnError(what, error);
    }
  }
}

const dropped = new FinalizationRegistry<Call>((call) => {
  try {
    call.abandon();
  } catch (error) {
    reportOwnError("abandon", error);
  }
});
