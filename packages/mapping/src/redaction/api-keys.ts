/**
 * Keys that tell themselves by their first letters: provider and shape, from each provider's documentation or from keys
 * that its own console prints. Each pattern ends in its only unbounded part, so that a search is linear.
 */
const keyPatterns: readonly (readonly [provider: string, pattern: string])[] = [
  ["OpenAI, Anthropic, OpenRouter, Langfuse", "[sp]k-(?:proj|svcacct|admin|ant|or|lf|None)-[\\w-]{16,}"],
  ["OpenAI, DeepSeek, Moonshot and others", "sk-[A-Za-z0-9]{20,}"],
  ["Stripe", "(?:[srp]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,}"],
  ["Google API", "AIza[\\w-]{35,}"],
  ["Google OAuth", "GOCSPX-[\\w-]{20,}"],
  ["AWS", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])"],
  ["AWS Bedrock", "(?:ABSK|bedrock-api-key-)[A-Za-z0-9]{60,}"],
  ["GitHub", "(?:gh[pousr]_|github_pat_)\\w{20,}"],
  ["GitLab", "gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\\w-]{20,}"],
  ["Slack", "(?:xox[abeoprs]-|xapp-)[A-Za-z0-9-]{16,}"],
  ["Hugging Face", "(?:hf|api_org)_[A-Za-z0-9]{20,}"],
  ["Groq", "gsk_[A-Za-z0-9]{20,}"],
  ["Replicate", "r8_[A-Za-z0-9]{20,}"],
  ["Perplexity", "pplx-[A-Za-z0-9]{20,}"],
  ["xAI", "xai-[A-Za-z0-9]{20,}"],
  ["NVIDIA", "nvapi-[\\w-]{20,}"],
  ["Together", "tgp_v1_[\\w-]{20,}"],
  ["Fireworks", "fw_[A-Za-z0-9]{20,}"],
  ["Cerebras", "csk-[A-Za-z0-9]{20,}"],
  ["Voyage", "pa-[\\w-]{40,}"],
  ["Jina", "jina_[A-Za-z0-9]{32,}"],
  ["Tavily", "tvly-[\\w-]{16,}"],
  ["Pinecone", "pcsk_\\w{20,}"],
  ["LangSmith", "lsv2_(?:pt|sk)_\\w{20,}"],
  ["Vercel AI Gateway", "vck_\\w{20,}"],
  ["npm", "npm_[A-Za-z0-9]{30,}"],
  ["PyPI", "pypi-[\\w-]{50,}"],
  ["DigitalOcean", "do[opr]_v1_[a-f0-9]{40,}"],
  ["Shopify", "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{30,}"],
  ["Databricks", "dapi[a-f0-9]{32,}"],
  ["Twilio", "SK[a-f0-9]{32}(?![A-Za-z0-9])"],
  ["Mailgun", "key-[a-f0-9]{32,}"],
  ["Sentry", "sntry[su]_[\\w-]{30,}"],
  ["Supabase", "sb[ps]_\\w{30,}"],
  ["Linear", "lin_(?:api|oauth)_[A-Za-z0-9]{30,}"],
  ["Notion", "(?:ntn_|secret_)[A-Za-z0-9]{40,}"],
  ["Atlassian", "ATATT3[\\w-]{50,}"],
];

/** Finds a key anywhere in a word; the word's letters before it end in a separator. */
export const KEY_IN_WORD: RegExp = new RegExp(`(?<![A-Za-z0-9])(?:${keyPatterns.map(([, p]) => p).join("|")})`, "g");

/** `SG.xxx.yyy` of SendGrid, `ya29.xxx` of Google: the key's first part stands before a dot. */
export const PREFIX_BEFORE_DOT: RegExp = /(?:^|[^A-Za-z0-9])(SG|ya29|1\/\/0)\.$/;

/**
 * What stands before the last part of an address that is a secret as a whole: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks,
 * https://docs.discord.com/developers/resources/webhook.
 */
export const WEBHOOK_BEFORE: RegExp =
  /\b(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/]{1,64}|discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{15,22}\/)$/;

/** `123456789:` before the 35 characters of a Telegram bot's token: https://core.telegram.org/bots/api#authorizing-your-bot. */
export const BOT_BEFORE: RegExp = /(?:^|[^A-Za-z0-9])(?:bot)?(\d{8,10}:)$/;
export const BOT_TOKEN_LENGTH = 35;

/** A JSON Web Token: two base64url texts that begin like `{"`, and a signature. */
export const JSON_WEB_TOKEN: RegExp = /eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/y;

/** Names before a secret that has no shape of its own; looked for in the few characters before a long word. */
export const SECRET_NAME: RegExp =
  /(?:api[_-]?key|access[_-]?key(?:[_-]id)?|secret(?:[_-]?access)?(?:[_-]?key)?|client[_-]?secret|auth[_-]?token|access[_-]?token|refresh[_-]?token|session[_-]?token|x-api-key|passw(?:or)?d|passphrase|credential)["'`\\]{0,6}\s{0,2}(?:[=:]|=>|\bis)\s{0,2}["'`\\]{0,6}$/i;

/** What stands before the value of a cookie. */
export const COOKIE_NAME: RegExp = /\bcookie["'`\\]{0,6}\s{0,2}[=:]\s{0,2}["'`\\]{0,6}[\w.-]{1,30}=$/i;

/** What stands before a bearer token. */
export const BEARER_NAME: RegExp =
  /\b(?:bearer|basic|authorization["'\\]{0,4}\s?[:=]\s?["'\\]{0,4}(?:token|key)?)\s{1,3}$/i;

/** Providers with a key shape of their own, for the documentation. */
export const KEY_PROVIDERS: readonly string[] = [
  ...keyPatterns.map(([provider]) => provider),
  "SendGrid",
  "Telegram",
  "webhooks of Slack and Discord",
];
