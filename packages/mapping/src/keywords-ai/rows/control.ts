import { ATTR_GENSPAN_POSITIVE_FEEDBACK } from "@genspan/semconv";
import { boolean, constant, from, unavailable } from "../../engine/readers.ts";
import type { Mapping } from "../../engine/rows.ts";
import { firstText } from "../../formats/inherited.ts";
import type { ControlFields } from "../fields/control.ts";
import { logTypeOf } from "../log-type.ts";
import type { KeywordsAIOptions } from "../options.ts";
import { vendorNames } from "../read-attributes.ts";

const GATEWAY = unavailable("a setting of the vendor's gateway, which the call did not pass through");
const PER_REQUEST = unavailable("tells the server how to treat the request; the batch endpoint has its defaults");
const REVIEW = unavailable("is set by a review at the vendor, after the call");

const EVALUATION_NAMES = vendorNames("evaluation_params.evaluation_identifier");

export const controlRows: Mapping<ControlFields, KeywordsAIOptions> = {
  log_type: from(
    "`gen_ai.operation.name`: chat, completion, embedding, tool, agent, workflow or task; `custom` for others; " +
      "`openai.api.type` `responses` by option `responseLogType`",
    ({ span, options }) => logTypeOf(span, options),
  ),
  log_method: constant("ts_tracing"),
  disable_log: PER_REQUEST,
  request_breakdown: PER_REQUEST,
  respan_api_controls: PER_REQUEST,
  keywordsai_api_controls: PER_REQUEST,
  respan_params: PER_REQUEST,
  keywordsai_params: PER_REQUEST,
  cache_enabled: GATEWAY,
  cache_ttl: GATEWAY,
  cache_options: GATEWAY,
  eval_params: unavailable("starts an evaluation at the vendor; set one up there"),
  evaluation_identifier: from(
    "`respan.evaluation_params.evaluation_identifier` (or `keywordsai.`), else option `evaluationIdentifier`",
    ({ span, options }) => firstText(span, EVALUATION_NAMES) ?? options.evaluationIdentifier,
  ),
  for_eval: REVIEW,
  positive_feedback: boolean(ATTR_GENSPAN_POSITIVE_FEEDBACK),
  note: REVIEW,
  category: REVIEW,
  fallback_models: GATEWAY,
  disable_fallback: GATEWAY,
  load_balance_group: GATEWAY,
  load_balance_models: GATEWAY,
  retry_params: GATEWAY,
  exclude_models: GATEWAY,
  exclude_providers: GATEWAY,
  model_name_map: GATEWAY,
  customer_credentials: unavailable("credentials never go into a log"),
  credential_override: unavailable("credentials never go into a log"),
  posthog_integration: GATEWAY,
  linkup_params: GATEWAY,
  mem0_params: GATEWAY,
  field_name: GATEWAY,
  delimiter: GATEWAY,
};
