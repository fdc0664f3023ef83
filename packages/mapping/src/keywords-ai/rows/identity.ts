import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GENSPAN_CUSTOM_ID,
  ATTR_GENSPAN_CUSTOMER_EMAIL,
  ATTR_GENSPAN_CUSTOMER_NAME,
  ATTR_GENSPAN_GROUP_ID,
  ATTR_GENSPAN_RECORD_TRACE_ID,
  ATTR_GENSPAN_THREAD_ID,
  ATTR_SESSION_ID,
  ATTR_USER_ID,
} from "@genspan/semconv";
import { nonEmpty } from "../../engine/absent.ts";
import { from, text, textOrOption, unavailable } from "../../engine/readers.ts";
import type { FilledRow, Mapping } from "../../engine/rows.ts";
import { calledTools } from "../../formats/chat-message.ts";
import { firstText, inheritedText } from "../../formats/inherited.ts";
import type { IdentityFields } from "../fields/identity.ts";
import { parentIdOf, pathOf, recordIdOf, traceNameOf, workflowNameOf } from "../lineage.ts";
import { metadataOf } from "../metadata.ts";
import type { KeywordsAIOptions } from "../options.ts";
import { vendorNames } from "../read-attributes.ts";

const THREAD_NAMES = [ATTR_GENSPAN_THREAD_ID, ...vendorNames("threads.thread_identifier"), ATTR_GEN_AI_CONVERSATION_ID];
const CUSTOM_NAMES = [ATTR_GENSPAN_CUSTOM_ID, ...vendorNames("span_params.custom_identifier")];

type InheritedOption = "customerIdentifier" | "customerName" | "customerEmail" | "traceGroupIdentifier";

export const identityRows: Mapping<IdentityFields, KeywordsAIOptions> = {
  customer_identifier: own("customer_params.customer_identifier", "customerIdentifier", ATTR_USER_ID),
  customer_name: own("customer_params.name", "customerName", ATTR_GENSPAN_CUSTOMER_NAME),
  customer_email: own("customer_params.email", "customerEmail", ATTR_GENSPAN_CUSTOMER_EMAIL),
  customer_params: unavailable("the same customer once more; budgets and limits are set at the vendor"),
  thread_identifier: from(
    "`genspan.thread.id`, else `respan.threads.thread_identifier` (or `keywordsai.`), else `gen_ai.conversation.id`; " +
      "of the span, else of its nearest ancestor",
    (input) => inheritedText(input, THREAD_NAMES),
  ),
  group_identifier: textOrOption(ATTR_GENSPAN_GROUP_ID, "groupIdentifier"),
  custom_identifier: from(
    "`genspan.custom.id`, else `respan.span_params.custom_identifier` (or `keywordsai.`), else option `customIdentifier`",
    ({ span, options }) => firstText(span, CUSTOM_NAMES) ?? options.customIdentifier,
  ),
  metadata: from(
    "as text: `service.*` and `deployment.*` of the resource, attributes that no row reads, the source and the date " +
      "of a price that we looked up, " +
      "`gen_ai.evaluation.result` events (a label beside a score as `evaluation.<name>_label`), option `metadata`, `genspan.metadata.<key>`; the later wins",
    ({ span, options }) => metadataOf(span, options.metadata),
  ),
  trace_unique_id: from(
    "trace id; of a span that was made of a record, `genspan.record.trace_id`",
    ({ span }) => span.text(ATTR_GENSPAN_RECORD_TRACE_ID) ?? span.traceId,
  ),
  span_unique_id: from("span id; of a span that was made of a record, `genspan.record.id`", ({ span }) =>
    recordIdOf(span),
  ),
  span_parent_id: from(
    "id of the nearest ancestor that is sent, else of the unknown parent; absent for a root",
    parentIdOf,
  ),
  trace_name: from("name of the root span, once it is known", traceNameOf),
  span_name: from("name of the span, at most 255 characters", ({ span }) => truncated(span.name, 255)),
  span_path: from("names of the ancestors that are sent, outermost first, joined by dots", pathOf),
  span_workflow_name: from(
    "`gen_ai.workflow.name`, else `gen_ai.agent.name`, of the span or its nearest ancestor",
    workflowNameOf,
  ),
  span_handoffs: unavailable("the conventions have no operation for a handoff between agents"),
  span_tools: from("names of the tools called in `gen_ai.output.messages`", ({ span }) =>
    nonEmpty(calledTools(span.outputMessages)),
  ),
  trace_group_identifier: own("trace.trace_group_identifier", "traceGroupIdentifier"),
  session_identifier: text(ATTR_SESSION_ID),
};

/** An identifier of the span or an ancestor, under our names or under the vendor's SDK's own, else the option. */
function own(key: string, option: InheritedOption, ...names: readonly string[]): FilledRow<string, KeywordsAIOptions> {
  const candidates = [...names, ...vendorNames(key)];
  const listed = [...names, `respan.${key}`].map((name) => `\`${name}\``).join(", else ");
  return from(
    `${listed} (or \`keywordsai.\`), of the span or its nearest ancestor, else option \`${option}\``,
    (input) => inheritedText(input, candidates) ?? input.options[option],
  );
}

/** The first characters, never half of a surrogate pair. */
function truncated(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
