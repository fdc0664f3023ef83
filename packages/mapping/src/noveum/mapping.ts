import { from } from "../engine/readers.ts";
import type { Mapping } from "../engine/rows.ts";
import { requestOf, responseOf } from "./bodies.ts";
import type { NoveumOptions } from "./options.ts";
import * as rows from "./rows.ts";
import type { DocumentedLog } from "./schema.ts";

/** The dialect of docs/logs.md. */
export const mapping: Mapping<DocumentedLog, NoveumOptions> = {
  timestamp: rows.timestamp,
  resource: { source: "the service that made the call", rows: rows.resource },
  name: rows.name,
  attributes: {
    source: "the call",
    rows: {
      id: rows.id,
      threadId: rows.threadId,
      org_id: rows.orgId,
      user_id: rows.userId,
      project_id: rows.projectId,
      provider: rows.provider,
      model: rows.model,
      request: from(
        "`genspan.raw.request`, else rebuilt in OpenAI's form from `gen_ai.request.*`, `gen_ai.system_instructions`, " +
          "`gen_ai.input.messages` and `gen_ai.tool.definitions`",
        ({ span }) => requestOf(span),
      ),
      response: from(
        "`genspan.raw.response`, else rebuilt in OpenAI's form from `gen_ai.response.*`, `gen_ai.output.messages` and " +
          "`gen_ai.usage.*`, or from the error; of a stream the merged text, and `genspan.raw.chunks` as `streamed_data`",
        ({ span }) => responseOf(span),
      ),
      metadata: {
        source: "how it went",
        rows: {
          projectId: rows.projectId,
          projectName: rows.projectName,
          latency: rows.latency,
          tokens: {
            source: "token counts",
            rows: {
              input: from("`gen_ai.usage.input_tokens`", ({ span }) => span.usage.input),
              output: from("`gen_ai.usage.output_tokens`", ({ span }) => span.usage.output),
              total: from("sum of the two", ({ span }) => span.usage.total),
            },
          },
          cost: rows.cost,
          status: rows.status,
          provider_request_id: rows.providerRequestId,
        },
      },
    },
  },
};
