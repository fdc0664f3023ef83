import * as semconv from "@genspan/semconv";
import type { Dialect } from "../dialect.ts";
import { refineMessages } from "../reading/content.ts";

/** The client library's own spans: current names, with Mistral's reasons and an empty text beside calls. */
export const mistral: Dialect = {
  name: "mistral",
  source: "@mistralai/mistralai 2.7.0, extra/observability",
  scopes: ["mistralai_sdk_tracer"],
  markers: [],
  rows: [
    {
      // Host and port in one; the port stands apart as well.
      from: semconv.ATTR_SERVER_ADDRESS,
      to: semconv.ATTR_SERVER_ADDRESS,
      read: (value) => (typeof value === "string" ? value.replace(/:\d{1,5}$/, "") : undefined),
      when: (draft) => draft.scope === "mistralai_sdk_tracer",
    },
  ],
  refine: (draft) => refineMessages(draft, { dropEmptyText: true }),
};
