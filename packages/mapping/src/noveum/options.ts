import { z } from "zod";

export interface NoveumOptions {
  /** `documented`: the names of docs/logs.md. `gateway`: those that the gateway emits. Default: `documented`. */
  readonly dialect: "documented" | "gateway";
  /** The Elasticsearch that the gateway writes to, such as `http://localhost:9200`. Logs go to its `/_bulk`. */
  readonly elasticsearchUrl?: string | undefined;
  /** Index in that Elasticsearch. Default: `ai-gateway-metrics`, as the gateway's. */
  readonly index: string;
  /** In place of `elasticsearchUrl`: a URL that takes a JSON array of logs by POST. */
  readonly url?: string | undefined;
  /** HTTP Basic, for either URL. Goes with `password`. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Further headers, such as `authorization`. Default: none. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the span carries no `genspan.organization.id`. */
  readonly orgId?: string | undefined;
  /** Where the span carries no `genspan.project.id`. */
  readonly projectId?: string | undefined;
  /** Where the span carries no `genspan.project.name`. */
  readonly projectName?: string | undefined;
  /** Where the span carries no `genspan.experiment.id`. Only in the dialect `gateway`. */
  readonly experimentId?: string | undefined;
  /** Where the span carries no `user.id`. */
  readonly userId?: string | undefined;
  /** Where the span carries no `gen_ai.provider.name`, which every log needs; such as `openai`. */
  readonly provider?: string | undefined;
  /** Where the resource has no `service.name`. */
  readonly serviceName?: string | undefined;
  /** Where the resource has no `service.version`. */
  readonly serviceVersion?: string | undefined;
  /** Where the resource has no `deployment.environment.name`. */
  readonly environment?: string | undefined;
}

const text = z.string("must be a text").min(1, "must not be empty").optional();
const url = (example: string) =>
  z.url({ protocol: /^https?$/, error: `must be an http or https URL such as ${example}` }).optional();

export const optionsSchema: z.ZodType<NoveumOptions> = z
  .strictObject({
    dialect: z.enum(["documented", "gateway"], 'must be "documented" or "gateway"').default("documented"),
    elasticsearchUrl: url("http://localhost:9200"),
    // What Elasticsearch forbids in the name of an index, of which a wrong one would fail at every request.
    index: z
      .string("must be a text")
      .regex(/^[^\s\\/*?"<>|,#A-Z_+-][^\s\\/*?"<>|,#A-Z]*$/, "must be a name that Elasticsearch allows for an index")
      .default("ai-gateway-metrics"),
    url: url("https://logs.example.com/noveum"),
    username: text,
    password: text,
    headers: z.record(z.string(), z.string("must be a text")).default({}),
    orgId: text,
    projectId: text,
    projectName: text,
    experimentId: text,
    userId: text,
    provider: text,
    serviceName: text,
    serviceVersion: text,
    environment: text,
  })
  .refine((options) => options.url === undefined || options.elasticsearchUrl === undefined, {
    error: "set option `elasticsearchUrl` or `url`, not both",
  })
  .refine((options) => (options.username === undefined) === (options.password === undefined), {
    error: "options `username` and `password` go together",
  });
