/**
 * Keys that tell themselves by their first characters: provider, the ways that they begin, and what follows, from each
 * provider's documentation or from keys that its own console prints. Only the last part of a pattern is unbounded, so
 * that whatever is tried at a place costs a bounded time or finds a key.
 */
export interface KeyShape {
  readonly provider: string;
  readonly beginnings: readonly string[];
  readonly rest: string;
}

const shape = (provider: string, beginnings: string, rest: string): KeyShape => ({
  provider,
  beginnings: beginnings.split(" "),
  rest,
});

export const KEY_SHAPES: readonly KeyShape[] = [
  // Models.
  shape(
    "OpenAI, Anthropic, OpenRouter, Langfuse, Helicone",
    "sk-proj- sk-svcacct- sk-admin- sk-ant- sk-or- sk-lf- sk-helicone- sk-None-",
    "[\\w-]{16,}",
  ),
  shape("OpenAI, DeepSeek, Moonshot and others", "sk-", "[A-Za-z0-9]{20,}"),
  shape("OpenAI's short-lived", "ek_", "[a-f0-9]{32,}"),
  shape("ElevenLabs", "sk_", "[a-f0-9]{48,}"),
  shape("Google API", "AIza", "[\\w-]{35,}"),
  shape("Google API, Google OAuth", "AQ. ya29. 1//0", "[\\w-]{20,}"),
  shape("Google OAuth", "GOCSPX-", "[\\w-]{20,}"),
  shape("Hugging Face", "hf_ api_org_", "[A-Za-z0-9]{20,}"),
  shape("Groq", "gsk_", "[A-Za-z0-9]{20,}"),
  shape("Replicate", "r8_", "[A-Za-z0-9]{20,}"),
  shape("Perplexity", "pplx-", "[A-Za-z0-9]{20,}"),
  shape("xAI", "xai-", "[A-Za-z0-9]{20,}"),
  shape("NVIDIA", "nvapi-", "[\\w-]{20,}"),
  shape("Together", "tgp_v1_", "[\\w-]{20,}"),
  shape("Fireworks", "fw_", "[A-Za-z0-9]{20,}"),
  shape("Cerebras", "csk-", "[A-Za-z0-9]{20,}"),
  shape("Voyage", "pa-", "[\\w-]{40,}"),
  shape("Jina", "jina_", "[A-Za-z0-9]{32,}"),
  shape("Tavily", "tvly-", "(?=[\\w-]{0,40}\\d)[\\w-]{16,}"),
  shape("LlamaCloud", "llx-", "[A-Za-z0-9]{32,}"),
  shape("Firecrawl", "fc-", "[a-f0-9]{32,}"),
  shape("Baidu", "bce-v3/ALTAK-", "[A-Za-z0-9/]{40,}"),
  shape("Weights & Biases", "wandb_v1_", "\\w[\\w-]{30,}"),
  shape("LangSmith", "lsv2_pt_ lsv2_sk_ ls__", "\\w{20,}"),
  shape("Logfire", "pylf_v", "\\d_[a-z]{2,4}_[A-Za-z0-9]{30,}"),
  shape("PostHog", "phx_", "[A-Za-z0-9]{30,}"),
  // Clouds and databases.
  shape("AWS", "AKIA ASIA ABIA ACCA", "[A-Z2-7]{16}(?![A-Za-z0-9])"),
  shape("AWS session", "IQoJb3JpZ2lu FwoGZXIvYXdz", "[\\w+/-]{20,}"),
  shape("AWS Bedrock", "ABSK bedrock-api-key-", "[A-Za-z0-9]{60,}"),
  shape("Alibaba", "LTAI", "(?=[A-Za-z]{0,20}\\d)[A-Za-z0-9]{12,26}(?![A-Za-z0-9_-])"),
  shape("Cloudflare", "cfut_ cfat_ cfk_", "[A-Za-z0-9]{40,}"),
  shape("DigitalOcean", "dop_v1_ doo_v1_ dor_v1_", "[a-f0-9]{40,}"),
  shape("Vercel", "vcp_ vci_ vca_ vcr_ vck_", "[A-Za-z0-9]{20,}"),
  shape("Netlify", "nfp_ nfc_ nfo_ nfu_", "[A-Za-z0-9]{30,}"),
  shape("Fly.io", "fo1_", "[\\w-]{30,}"),
  shape("Heroku", "HRKU-AA", "[\\w-]{30,}"),
  shape("Supabase", "sbp_ sb_secret_", "\\w[\\w-]{24,}"),
  shape("PlanetScale", "pscale_tkn_ pscale_pw_ pscale_oauth_", "[\\w.-]{30,}"),
  shape("Pinecone", "pcsk_", "\\w{20,}"),
  shape("Databricks", "dapi", "[a-f0-9]{32,}"),
  shape("Doppler", "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", "(?:[a-z]{1,24}\\.)?[A-Za-z0-9]{30,}"),
  shape("HashiCorp Vault", "hvs. hvb. hvr.", "[\\w-]{20,}"),
  shape("Pulumi", "pul-", "[a-f0-9]{40,}"),
  // Code, work, mail, money.
  shape("GitHub", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", "\\w{20,}"),
  shape(
    "GitLab",
    "glpat- gldt- glrt- glcbt- glptt- glft- glsoat- glagent- gloas- glimt- glffct- GR1348941",
    "[\\w-]{20,}",
  ),
  shape("Slack", "xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xapp- xoxe.xox xwfp-", "[A-Za-z0-9-]{16,}"),
  shape("Stripe", "sk_live_ sk_test_ rk_live_ rk_test_ whsec_ sk_org_", "[A-Za-z0-9+/]{16,}"),
  shape("npm", "npm_", "[A-Za-z0-9]{30,}"),
  shape("PyPI", "pypi-", "[\\w-]{50,}"),
  shape("RubyGems", "rubygems_", "[a-f0-9]{40,}"),
  shape("Docker", "dckr_pat_ dckr_oat_", "[\\w-]{20,}"),
  shape("Shopify", "shpat_ shpca_ shppa_ shpss_", "[a-fA-F0-9]{30,}"),
  shape("Square", "sq0csp- sq0atp- EAAA", "[\\w-]{22,}"),
  shape("Twilio", "SK", "[a-f0-9]{32}(?![A-Za-z0-9])"),
  shape("SendGrid", "SG.", "[\\w-]{16,64}\\.[\\w-]{16,}"),
  shape("Mailgun", "key-", "[a-f0-9]{32,}"),
  shape("Brevo", "xkeysib- xsmtpsib-", "[a-f0-9]{40,}"),
  shape("Resend", "re_", "[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}"),
  shape("Linear", "lin_api_ lin_oauth_", "[A-Za-z0-9]{30,}"),
  shape("Notion", "ntn_ secret_", "[A-Za-z0-9]{40,}"),
  shape("Atlassian", "ATATT3 ATCTT3", "[\\w-]{50,}"),
  shape("Airtable", "pat", "[A-Za-z0-9]{14}\\.[a-f0-9]{64}"),
  shape("HubSpot", "pat-na pat-eu", "\\d-[a-f0-9-]{36}"),
  shape("Figma", "figd_", "[\\w-]{30,}"),
  shape("Postman", "PMAK-", "[a-f0-9]{24}-[a-f0-9]{34}"),
  shape("SonarQube", "squ_ sqp_ sqa_", "[a-f0-9]{40}"),
  shape("Buildkite", "bkua_", "[a-f0-9]{40}"),
  shape("LaunchDarkly", "sdk- api-", "[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[a-f0-9]{4}-[a-f0-9]{12}"),
  shape("1Password", "ops_eyJ", "[\\w-]{60,}"),
  shape("age", "AGE-SECRET-KEY-1", "[A-Z0-9]{40,}"),
  // Telemetry.
  shape("Sentry", "sntrys_ sntryu_", "[\\w+/=-]{30,}"),
  shape("New Relic", "NRAK- NRII- NRAA-", "[A-Z0-9-]{20,}"),
  shape("Grafana", "glsa_ glc_", "[\\w+/-]{30,}"),
  shape("Honeycomb", "hcaik_ hcbik_ hcalk_ hcblk_", "[a-z0-9]{30,}"),
  shape("Dynatrace", "dt0c01. dt0s01. dt0s02. dt0s16.", "[A-Z0-9]{8,24}\\.[A-Z0-9]{40,}"),
];

/** Keys with a mark of their provider in the middle: the mark, where it stands, and the whole. */
export const MARKED_KEYS: readonly (readonly [provider: string, mark: string, offset: number, whole: RegExp])[] = [
  // https://learn.microsoft.com/purview/sit-defn-azure-cognitive-services-key: 52 characters, the mark, 28 more.
  ["Azure, Azure OpenAI", "JQQJ9", 52, /[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9]{26,30}(?![A-Za-z0-9])/y],
  ["Azure client secrets", "Q~", 4, /[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~-])/y],
  ["Mailchimp", "-us", 32, /[a-f0-9]{32}-us\d{1,2}(?![\w-])/y],
  ["Terraform", ".atlasv1.", 14, /[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}/y],
];

/**
 * Addresses of which the last part is a secret, up to where that begins, at the beginning of one of their parts:
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, https://docs.discord.com/developers/resources/webhook,
 * https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook.
 */
export const WEBHOOKS: Readonly<Record<string, RegExp>> = {
  h: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?:\w{1,24}\/){1,3}(?=\w{16})/y,
  d: /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{15,22}\/(?=[\w-]{16})/y,
  I: /IncomingWebhook\/(?=[a-f0-9]{32})/y,
};

/** `123456789:` before the 35 characters of a Telegram bot's token: https://core.telegram.org/bots/api#authorizing-your-bot. */
export const BOT_BEFORE: RegExp = /(?:^|[^A-Za-z0-9])(?:bot)?(\d{8,10}:)$/;
export const BOT_TOKEN: RegExp = /[\w-]{35}(?![\w-])/y;

/** A Discord bot's token begins with its id, digits in base64: https://docs.discord.com/developers/reference#authentication. */
export const DISCORD_TOKEN: RegExp = /(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){5,6}[\w-]{0,4}\.[\w-]{6}\.[\w-]{27,}/y;

/** A JSON Web Token: two base64url texts of which the first begins like `{"`; encrypted ones may lack the second. */
export const JSON_WEB_TOKEN: RegExp = /eyJ[\w-]{8,}\.(?:[\w-]{8,}|\.[\w-]{8,})/y;

/** Providers with a key shape of their own, for the documentation. */
export const KEY_PROVIDERS: readonly string[] = [
  ...new Set([
    ...KEY_SHAPES.map(({ provider }) => provider),
    ...MARKED_KEYS.map(([provider]) => provider),
    "Discord",
    "Telegram",
    "webhooks of Slack, Discord and Teams",
  ]),
];
