import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spanOf } from "../engine/testing.ts";
import { Redactor, WITHHELD } from "./redactor.ts";

const KEY = ["sk", "proj", "Zk3vT9qLm2XbR7wYc5NdA1eHf8GjU4sP"].join("-");
const CORE = KEY.slice(8);
const attribute = { part: "attribute", key: "note" } as const;
const spelt = (text: string) =>
  [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

describe("secrets in other clothes", () => {
  const inJson = (value: unknown) => JSON.stringify(value);
  it.each<[string, string]>([
    ["JSON that was cut", `{"messages":[{"content":"use ${spelt(KEY)} and`],
    ["JSON behind a space", ` {"content":"${spelt(KEY)}"}`],
    ["lines of JSON", `{"a":1}\n{"content":"${spelt(KEY)}"}`],
    ["an event stream", `data: {"content":"${spelt(KEY)}"}\n\n`],
    ["a field that stands there twice", `{"a":"${spelt(KEY)}","a":"x"}`],
    ["JSON in JSON in JSON", inJson({ a: inJson({ b: `{"c":"${spelt(KEY)}"}` }) })],
    ["JSON in JSON that was cut", inJson({ a: inJson({ b: `{"c":"${spelt(KEY)}"}` }) }).slice(0, -8)],
    ["a key of an object", inJson({ [KEY]: { [`x ${KEY}`]: 1 } })],
    ["a data URL", `data:text/plain,${KEY}`],
    ["a URL's query", `https://host/?next=%2Fa%3Fkey%3D${KEY}`],
    ["a URL with escaped slashes", `{"url":"postgres:\\/\\/u:x${KEY}@db\\/x"}`],
    ["another URL with escaped slashes", `{"url":"https:\\/\\/host\\/${KEY}\\/x"}`],
  ])("finds a key in %s", (_name, text) => {
    const clean = new Redactor().text(text, attribute);
    expect(clean).toContain("[REDACTED:api_key]");
    expect(clean).not.toContain(CORE);
    expect(clean).not.toContain(spelt(CORE));
  });

  it("hides a base64 secret up to its end, however its signs are written", () => {
    const redactor = new Redactor();
    for (const sign of ["+", "/", "\\/", "\\u002B", "\\u002b", "%2B", "%2F"]) {
      const secret = `Zk3vT9qLm2${sign}XbR7wYc5NdA1eHf8G${sign}jU4sP`;
      const clean = redactor.text(`{"client_secret":"${secret}=","x":`, attribute);
      expect(clean, sign).toBe('{"client_secret":"[REDACTED:api_key]","x":');
    }
  });

  it("looks into bytes, and leaves harmless ones as they are", () => {
    const redactor = new Redactor();
    const harmless = new Uint8Array([1, 2, 3, 250, 255, 0, 7]);
    expect(redactor.value(harmless, attribute)).toBe(harmless);
    expect(redactor.value(new TextEncoder().encode(`x ${KEY}`), attribute)).toBe("x [REDACTED:api_key]");
  });

  it("hides what an object only says of itself in JSON", () => {
    const url = new URL("https://host/path");
    url.username = "bob";
    url.password = "hunter2-xyz";
    const clean = new Redactor().record({ url, at: new Date(0) });
    expect(JSON.stringify(clean)).toBe(
      '{"url":"https://bob:[REDACTED:api_key]@host/path","at":"1970-01-01T00:00:00.000Z"}',
    );
  });

  it("hides what is secret by the name of its attribute or field, and nothing that only sounds so", () => {
    const redactor = new Redactor();
    const span = spanOf({
      attributes: {
        "db.password": "hunter2",
        "http.request.header.authorization": ["Custom abc"],
        "http.request.header.cookie": ["a=b"],
        "http.request.header.x-api-key": ["4f3e2d1c0b9a48f7"],
        "app.pin": { password: 12345678, old_passwd: 123 },
        "gen_ai.usage.input_tokens": 12345678,
        "gen_ai.tool.call.id": "call_DdmO9pD3xa9XTPNJ32zg2hcA",
        next_page_token: "CAoQAA1234567890abcdef",
        "auth.token.kind": "opaque",
        token: "a word of a text",
      },
    });
    expect(redactor.span(span).attributes).toEqual({
      "db.password": "[REDACTED:api_key]",
      "http.request.header.authorization": ["[REDACTED:bearer]"],
      "http.request.header.cookie": ["[REDACTED:bearer]"],
      "http.request.header.x-api-key": ["[REDACTED:api_key]"],
      "app.pin": { password: "[REDACTED:api_key]", old_passwd: 123 },
      "gen_ai.usage.input_tokens": 12345678,
      "gen_ai.tool.call.id": "call_DdmO9pD3xa9XTPNJ32zg2hcA",
      next_page_token: "CAoQAA1234567890abcdef",
      "auth.token.kind": "opaque",
      token: "a word of a text",
    });
  });

  it("hides by name what was harmless under another name before", () => {
    const redactor = new Redactor();
    expect(redactor.record({ city: "Hamburg" })).toEqual({ city: "Hamburg" });
    expect(redactor.record({ password: "Hamburg" })).toEqual({ password: "[REDACTED:api_key]" });
    expect(redactor.record({ city: "Hamburg" })).toEqual({ city: "Hamburg" });
  });
});

describe("hostile masks and values", () => {
  const promised = Promise.resolve("x");
  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a number", 7],
    ["an object", {}],
    ["a promise", promised],
    ["a symbol", Symbol("x")],
    ["a huge text", "x".repeat(3 * 1024 * 1024)],
  ])("withholds the text when the mask returns %s", (_name, returned) => {
    const told: unknown[] = [];
    const redactor = new Redactor({ mask: () => returned as string }, (error) => told.push(error));
    expect(redactor.text("anything", attribute)).toBe(WITHHELD);
    expect(redactor.span(spanOf({ name: "chat", attributes: { a: "b" } })).attributes).toEqual({ a: WITHHELD });
    expect(told).toHaveLength(1);
  });

  it("ends with objects that hold themselves, several times", () => {
    const self: Record<string, unknown> = { mail: "bob@example.com" };
    self["a"] = self;
    self["b"] = [self, { c: self }];
    expect(JSON.stringify(new Redactor().record(self))).toBe(
      `{"mail":"[REDACTED:email]","a":"${WITHHELD}","b":["${WITHHELD}",{"c":"${WITHHELD}"}]}`,
    );
  });

  it("hashes once: the span, the record made of it, and a second look give the same text", () => {
    const texts = [
      `{"password":"hunter2!xyz","api_key":"Zk3vT9qLm2XbR7wYc5NdA1eHf8"}`,
      `api_key=${KEY}, password: Tr0ub4dor, x-api-key: 4f3e2d1c0b9a48f7a6b5c4d3e2f1a0b9`,
      `postgres://shop:Zk3vT9qLm2@db:5432/shop and Authorization: Bearer ${CORE}`,
      "token=Zk3vT9qLm2XbR7wYc5NdA1eHf8 bob@example.com +49 30 901820 4111 1111 1111 1111",
    ];
    for (const salt of ["saltsalt", "othersalt"]) {
      const redactor = new Redactor({ replacement: "hash", salt });
      for (const text of texts) {
        const once = redactor.text(text, attribute);
        expect(once).toMatch(/\[\w+:[0-9a-f]{16}\]/);
        expect(redactor.text(once, attribute)).toBe(once);
        expect(redactor.record({ password: once, list: [once] })).toEqual(
          redactor.record({ password: once, list: [once] }),
        );
        expect(new Redactor({ replacement: "hash", salt }).text(text, attribute)).toBe(once);
      }
    }
    const named = new Redactor({ replacement: "hash", salt: "saltsalt" });
    const hidden = named.record({ password: "hunter2" });
    expect(named.record(hidden)).toEqual(hidden);
  });

  it("looks for nothing of the user's own in what stands in the place of a secret", () => {
    const redactor = new Redactor({ customRules: [{ name: "word", pattern: /api_key|secret/ }] });
    const once = redactor.text(`${KEY} is no secret`, attribute);
    expect(once).toBe("[REDACTED:api_key] is no [REDACTED:word]");
    expect(redactor.text(once, attribute)).toBe(once);
  });

  it("leaves no key in texts made of pieces of secrets, of JSON and of URLs", () => {
    const piece = fc.constantFrom(
      ...[
        KEY,
        "sk-",
        "\\u0041",
        "\\",
        '"',
        "{",
        "}",
        "[",
        ":",
        "=",
        "@",
        "//",
        "password",
        "api_key",
        "%2B",
        "=>",
        " ",
      ],
      ...["Bearer ", "eyJhbGciOiJI", ".", "4111 1111 1111 1111", "+49 30 901820", "cookie: a=", "\\/", "\\u002B", "中"],
      ...[
        "bob@example.com",
        "-----BEGIN PRIVATE KEY-----",
        "-u a:",
        "::1",
        "203.0.113.7",
        "Zk3vT9qLm2XbR7wYc5Nd",
        "hunter2",
      ],
    );
    const sign = fc.constantFrom(
      " ",
      ",",
      "\n",
      "\\n",
      '"',
      "'",
      "=",
      ":",
      "/",
      ".",
      "(",
      "-",
      "+",
      "%20",
      "中",
      "\\u0022",
    );
    const redactors = [new Redactor(), new Redactor({ replacement: "hash", salt: "saltsalt" })];
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, sign), { maxLength: 12 }), (pieces) => {
        for (const redactor of redactors) {
          const text = pieces.flat().join("");
          expect(redactor.text(text, attribute)).not.toContain(CORE);
        }
        expect(redactors.map(({ counts }) => counts.withheld)).toEqual([0, 0]);
      }),
      { numRuns: 3000 },
    );
  });
});
