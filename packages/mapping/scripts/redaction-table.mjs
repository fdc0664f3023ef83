/** Prints precision and recall of the redaction rules into their README. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { KEY_PROVIDERS } from "../src/redaction/api-keys.ts";
import { NATIONAL_ID_COUNTRIES } from "../src/redaction/find-national-ids.ts";
import { measureRules, readCases } from "../src/redaction/testing.ts";

const folder = new URL("../src/redaction/", import.meta.url);
const readme = new URL("README.md", folder);
const read = (name) => readCases(readFileSync(new URL(`testdata/${name}`, folder), "utf8"));
const cases = [...read("cases.txt"), ...read("more-cases.txt")];
const unseen = read("unseen.txt");
const others = measureRules(unseen);

const meaning = {
  api_key: `keys with a shape of their own (${KEY_PROVIDERS.join("; ")}), long words behind names such as \`api_key=\`, cookies, passwords behind theirs and in URLs`,
  bearer: "what follows `Bearer`, `Basic`, `SSWS` or `Authorization:`, and JSON Web Tokens",
  private_key: "PEM, OpenPGP, SSH2 and PuTTY private keys, also cut ones",
  email: "addresses, also with `%40` as in URLs",
  phone: "numbers with `+`, brackets or separators; plain digits only behind a word such as `phone`",
  iban: "account numbers of the registry's countries and lengths with right check digits",
  card: "numbers of the card networks' ranges and lengths with a right check digit",
  ip: "IPv4 and IPv6 but loopback; not versions",
  national_id: `of ${NATIONAL_ID_COUNTRIES.join(", ")}: by check digit, written form, or name before it`,
};

const percent = (ratio) => `${(100 * ratio).toFixed(1)} %`;
const countsOf = ({ expected, found, wrong }) => `${found} of ${expected}, ${wrong} wrong`;
const withoutAny = (texts) => texts.filter(({ secrets }) => secrets.length === 0).length;
const rows = measureRules(cases).map(
  ({ rule, expected, found, wrong, precision, recall }, index) =>
    `| \`${rule}\` | ${meaning[rule]} | ${percent(precision)} | ${percent(recall)} | ${found} of ${expected}, ${wrong} wrong | ${countsOf(others[index])} |`,
);
const printed = [
  "| rule | hides | precision | recall | found | of unseen texts |",
  "|---|---|---|---|---|---|",
  ...rows,
  "",
  `${cases.length} texts, ${withoutAny(cases)} of them without anything to hide; ${unseen.length} unseen ones, ${withoutAny(unseen)} of them without.`,
].join("\n");

const text = readFileSync(readme, "utf8");
const [begin, end] = ["<!-- rules:begin -->", "<!-- rules:end -->"].map((marker) => text.indexOf(marker));
const after = `${text.slice(0, begin + "<!-- rules:begin -->".length)}\n${printed}\n${text.slice(end)}`;
if (after !== text && process.argv.includes("--check")) {
  console.error("packages/mapping/src/redaction/README.md is stale: run `npx -y pnpm@12 generate`.");
  process.exit(1);
}
if (after !== text) writeFileSync(readme, after);
