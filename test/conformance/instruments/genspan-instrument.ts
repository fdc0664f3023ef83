/** `instrument(client)` with its defaults. */
import { instrument as instrumentClient, status } from "@genspan/instrumentation";
import type { Instrumented } from "../behaviour/instrument.ts";

export const instrument = (): Instrumented => ({
  client: (client) => instrumentClient(client),
  failures: () => ({ count: status().ownErrors, last: status().lastOwnError }),
  conventions: { content: false },
});
