import { z } from "zod";
import { SOURCE_TYPES, type SourceType } from "./schema.ts";

export interface CyberPodOptions {
  /**
   * URL that traces are posted to, one at a time. CyberPod documents no such URL, so there is no default; without it
   * records can be made, checked and written to files.
   */
  readonly endpoint?: string | undefined;
  /**
   * Sent as `Authorization: Bearer`. Exchanging a client id and secret for it (POST /api/v1/auth/token) is I/O and so
   * yours to do.
   */
  readonly token?: string | undefined;
  /** Id of the virtual API key, where the span carries no `genspan.api_key.id`. Never the key. */
  readonly apiKeyId?: string | undefined;
  /** Where the span carries no `user.id`. */
  readonly userId?: string | undefined;
  /**
   * Provenance tag. Default: `edm`, as the server would stamp. `otel` becomes `otel:<trace id>:<span id>`, since the
   * record has no fields of its own for the two; any other text is sent as it is.
   */
  readonly source: string;
  /** Where the write originated. Default: `api`. */
  readonly sourceType: SourceType;
  /** Where the span carries no `genspan.routing_rule`. */
  readonly routingRule?: string | undefined;
  /** Any JSON, where the span carries no `genspan.policy_decisions`. */
  readonly policyDecisions?: unknown;
  /** Any JSON, where the span carries no `genspan.security_violations`. */
  readonly securityViolations?: unknown;
  /** Where the span carries no `genspan.episode.id`. */
  readonly episodeId?: string | undefined;
}

const text = z.string().min(1, "must not be empty").optional();
const json = z.custom((value) => z.json().safeParse(value).success, "must be a JSON value").optional();

export const optionsSchema: z.ZodType<CyberPodOptions> = z.strictObject({
  endpoint: z
    .url({
      protocol: /^https?$/,
      error: "must be an http or https URL such as http://localhost:4000/api/v1/telemetry/traces",
    })
    .optional(),
  token: z.string().min(1, "must not be empty: an access token of CyberPod").optional(),
  apiKeyId: text,
  userId: text,
  source: z.string().min(1, "must not be empty").default("edm"),
  sourceType: z.enum(SOURCE_TYPES, `must be one of ${SOURCE_TYPES.join(", ")}`).default("api"),
  routingRule: text,
  policyDecisions: json,
  securityViolations: json,
  episodeId: text,
});
