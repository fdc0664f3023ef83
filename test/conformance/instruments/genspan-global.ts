/** `GenAIInstrumentation` switched on before the client library is loaded, with content, raw bodies and stacks on. */
import { GenAIInstrumentation, status } from "@genspan/instrumentation";
import type { Instrumented } from "../behaviour/instrument.ts";

export function instrument(): Instrumented {
  new GenAIInstrumentation({ captureContent: "span", captureRaw: true, captureStacktrace: true }).enable();
  return {
    failures: () => ({ count: status().ownErrors, last: status().lastOwnError }),
    conventions: { content: true },
  };
}
