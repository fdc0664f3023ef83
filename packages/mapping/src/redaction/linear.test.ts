import { describe, expect, it } from "vitest";
import { findSensitive } from "./find-sensitive.ts";
import { Redactor } from "./redactor.ts";
import { ALL_RULES } from "./testing.ts";

/** What each rule looks at longest: beginnings of its shape that never become one, and endless ones. */
const worst: Readonly<Record<string, string>> = {
  "one endless word": "a",
  "words of a key's length": "sk-abcdefghijklmno ",
  "key prefixes without a key": "sk-ant-",
  "an endless key": "sk-proj-abcdefgh",
  "web tokens without an end": "eyJhbGciOiJI.",
  "names of secrets": "api_key=secret:password: bearer ",
  "private keys without an end": "-----BEGIN RSA PRIVATE KEY-----\nMIIE ",
  "private keys without an end, each broken off": "-----BEGIN PRIVATE KEY-----!",
  "beginnings of private keys": "-----BEGIN AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  "nothing but @": "@",
  "local parts without a domain": "a.b+c_d@",
  "domains without an end": "a@b.c.d.e.f.",
  "digits without an end": "4",
  "digits with spaces": "4 1 1 1 ",
  "groups of four": "4111 ",
  "telephone signs": "+1 (555) 234-",
  "accounts without a check digit": "DE44 5001 0517 5407 3249 32 ",
  "account beginnings": "AA00AA00",
  "dots between numbers": "1.2.3.",
  "nothing but colons": ":",
  "short groups with colons": "a:1:",
  "national ids": "AB123456",
  escapes: "\\u0041",
  "names of passwords": "password=",
  "passwords without an end": '"password":"',
  "beginnings of every key":
    "sk- sk_ AQ. pa- fc- wandb_v1_ pylf_v1_us_ dp.pt.a.b SG.aaaaaaaaaaaaaaaa. dt0c01.ABCDEFGH. pat0123456789abcd.",
  "beginnings of keys without a sign between": "sk-proj-_SG.aaaaaaaaaaaaaaaa.-pa-/hf_+xai-.AQ.",
  "parts of web tokens": "eyJhbGciOiJI-",
  "parts of web tokens with dots": "/eyJhbGciOiJIeyJhbGciOiJI.",
  "marks in the middle of keys": "JQQJ9",
  "marks of client secrets": "abc8Q~",
  "marks of Terraform": "aaaaaaaaaaaaaa.atlasv1.",
  "marks of Mailchimp": "0123456789abcdef0123456789abcdef-us",
  "Discord's beginnings": "MTIzMTIzMTIzMTIzMTIzMTIz.abcdef.",
  webhooks: "hooks.slack.com/services/T/B/",
  "cookies without an end": "cookie: a=b; a=b; a=bbbbbbbbbbbbbbbbb; ",
  "values of cookies": "; a=aaaaaaaaaaaaaaaa",
  "named tokens with signs of URLs": "token=%2B%2F%2Baaaaaaaaaaaaaaaa0",
  "signs of URLs": "%2B",
  "signs of JSON": "\\/",
  "users of URLs": "//a:b",
  "users of URLs, each with a sign": "//a:@",
  "e-mail in URLs": "a%40",
  "quoted local parts": '"@',
  "signs behind names": "password:=",
  "quotes behind names": 'password\\\\\\"',
  "users of curl": "-u a:",
  "keys of PuTTY": "Private-Lines: 1\nAAAA\n",
  "ends of private keys": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END AAAAAAAAAAAAAAA ",
  "groups of an account with hyphens": "DE44-5001-",
  "numbers of Corsica": "2 84 05 2A ",
  "text in another alphabet": "\u4e2d\u4e2d",
  "words beside another alphabet": "\u4e2dsk-aaaaaaaaaaaaaaaa",
  "keys with marks, one after the other": `aaaaaaaaaaaaaa.atlasv1.${"a".repeat(40)}+`,
  "keys, one after the other": `sk-${"a".repeat(40)}/`,
  "open JSON": '{"a":[',
};

/** Milliseconds of processor time: a busy machine takes none of it. */
function millisOf(rounds: number, work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

describe("no rule backtracks super-linearly", () => {
  it.each(Object.entries(worst))("1 MB of %s costs about eight times 128 KB", (_name, pattern) => {
    const [small, large] = [1 << 17, 1 << 20].map((length) => pattern.repeat(Math.ceil(length / pattern.length)));
    if (small === undefined || large === undefined) throw new Error("no texts");
    findSensitive(small, ALL_RULES);
    const ratio = () =>
      millisOf(2, () => findSensitive(large, ALL_RULES)) /
      Math.max(
        0.2,
        millisOf(3, () => findSensitive(small, ALL_RULES)),
      );
    // A square would be 64, every time; eight with room for a machine that is busy at one moment and not at the next.
    const ratios = [ratio()];
    while (Math.min(...ratios) >= 32 && ratios.length < 4) ratios.push(ratio());
    expect(Math.min(...ratios)).toBeLessThan(32);
  });

  it("replaces a million findings in a text in linear time", () => {
    const redactor = new Redactor();
    const clean = redactor.text("a@b.co ".repeat(1 << 17), { part: "attribute", key: "x" });
    expect(clean).not.toContain("@");
  });
});
