import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReadableSpanLike } from "../engine/readable-span.ts";
import { spanOf } from "../engine/testing.ts";
import type { RedactionOptions } from "./options.ts";
import { RedactionOptionsError } from "./policy.ts";
import { Redactor, WITHHELD } from "./redactor.ts";

const SECRET = ["sk", "proj", "Zk3vT9qLm2XbR7wYc5NdA1eHf8GjU4sP"].join("-");
const MAIL = "bob@example.com";
const attribute = { part: "attribute", key: "gen_ai.input.messages" } as const;

function spanWithSecretsEverywhere(secret: string): ReadableSpanLike {
  const context = {
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    spanId: "00f067aa0ba902b7",
    traceFlags: 1,
    traceState: { serialize: () => `vendor=${secret}` },
  } as unknown as ReturnType<ReadableSpanLike["spanContext"]>;
  const nested = JSON.stringify({ arguments: JSON.stringify({ deep: JSON.stringify([`use ${secret}\nnow`]) }) });
  return spanOf({
    name: `chat ${secret}`,
    spanContext: () => context,
    status: { code: 2, message: `401 wrong key ${secret}` },
    attributes: {
      "gen_ai.input.messages": JSON.stringify([{ role: "user", parts: [{ type: "text", content: `\n${secret}` }] }]),
      "gen_ai.tool.call.arguments": nested,
      "gen_ai.request.stop_sequences": ["x", secret],
      "genspan.raw.request": `{"messages":"\\u0073k${secret.slice(2)}"}`,
      "genspan.stacktrace": JSON.stringify([{ line: `const key = "${secret}";` }]),
      structured: { a: [{ b: secret }], [secret]: 1 },
      [`header.${secret}`]: "x",
    },
    events: [
      {
        time: [0, 0],
        name: secret,
        attributes: { "exception.message": secret, "exception.stacktrace": `at ${secret}` },
      },
    ],
    links: [{ context, attributes: { note: secret } }],
    resource: { attributes: { "process.command_args": ["--key", secret], "service.name": secret } },
    instrumentationScope: { name: secret, version: secret },
    instrumentationLibrary: { name: secret },
  });
}

/** Everything that an exporter could write of a span. */
function allTextOf(span: ReadableSpanLike): string {
  return JSON.stringify({
    ...span,
    context: { ...span.spanContext(), state: span.spanContext().traceState?.serialize() },
    links: span.links.map((link) => ({ ...link, state: link.context.traceState?.serialize() })),
  });
}

describe("Redactor", () => {
  it("leaves no secret in any position of a span, and the span itself as it was", () => {
    const span = spanWithSecretsEverywhere(SECRET);
    const before = allTextOf(span);
    const clean = new Redactor().span(span);
    const core = SECRET.slice(8);
    expect(before.split(core).length).toBeGreaterThan(15);
    expect(allTextOf(clean)).not.toContain(core);
    expect(allTextOf(span)).toBe(before);
    expect(clean.spanContext().traceId).toBe(span.spanContext().traceId);
  });

  it("hands a span with nothing to hide on as the same object", () => {
    const span = spanOf({ attributes: { "gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": 12 } });
    expect(new Redactor().span(span)).toBe(span);
  });

  it("keeps JSON text JSON: in strings, in text in text, and in the place of a number", () => {
    const redactor = new Redactor();
    const text = JSON.stringify({ a: `x\n${MAIL}`, card: 4111111111111111, inner: JSON.stringify({ to: MAIL }) });
    const clean = JSON.parse(redactor.text(text, attribute));
    expect(clean).toEqual({ a: "x\n[REDACTED:email]", card: "[REDACTED:card]", inner: '{"to":"[REDACTED:email]"}' });
  });

  it("sees through characters that are written as escapes", () => {
    const text = `{"a":"bob\\u0040example.com","b":"\\u00e4"}`;
    expect(JSON.parse(new Redactor().text(text, attribute))).toEqual({ a: "[REDACTED:email]", b: "ä" });
  });

  it("leaves JSON text with harmless escapes as it was written", () => {
    const text = `{ "a" : "\\u00e4", "n": 12345678901234567890 }`;
    expect(new Redactor().text(text, attribute)).toBe(text);
  });

  it("withholds a text when the mask throws, and tells of it once", () => {
    const told: unknown[] = [];
    const failing = {
      mask: () => {
        throw new Error("no");
      },
    };
    const redactor = new Redactor(failing, (error) => told.push(error));
    expect(redactor.text("anything at all", attribute)).toBe(WITHHELD);
    expect(redactor.text("once more", attribute)).toBe(WITHHELD);
    expect(redactor.counts.withheld).toBe(2);
    expect(told).toHaveLength(1);
  });

  it("withholds what throws when it is looked at", () => {
    const hostile = Object.defineProperty({}, "x", {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    });
    expect(new Redactor().value({ hostile }, attribute)).toEqual({ hostile: WITHHELD });
  });

  it("gives the mask the place of each text, after the rules", () => {
    const seen: string[] = [];
    const redactor = new Redactor({
      mask: (text, { part, key }) => {
        seen.push(`${part} ${key}: ${text}`);
        return text;
      },
    });
    redactor.span(spanOf({ name: "chat", attributes: { mail: MAIL }, resource: { attributes: {} } }));
    expect(seen).toContain("name : chat");
    expect(seen).toContain("attribute mail: [REDACTED:email]");
  });

  it("lets only allowed attributes leave, of spans, events, links and resources", () => {
    const redactor = new Redactor({ allow: ["gen_ai.usage.*", "service.name"] });
    const clean = redactor.span(spanWithSecretsEverywhere("nothing"));
    expect(clean.attributes).toEqual({});
    expect(clean.events[0]?.attributes).toEqual({});
    expect(clean.links[0]?.attributes).toEqual({});
    expect(clean.resource.attributes).toEqual({ "service.name": "nothing" });
    expect(clean.status).toEqual({ code: 2 });
    expect(redactor.counts.removed).toBeGreaterThan(8);
  });

  it("takes denied attributes out and leaves the others", () => {
    const span = spanOf({ attributes: { "user.id": "7", "gen_ai.request.model": "m" } });
    expect(new Redactor({ deny: ["user.*"] }).span(span).attributes).toEqual({ "gen_ai.request.model": "m" });
  });

  it("hashes equal values alike and different ones apart, with the salt deciding how", () => {
    const hashed = (salt: string, text: string) => new Redactor({ replacement: "hash", salt }).text(text, attribute);
    expect(hashed("saltsalt", MAIL)).toMatch(/^\[email:[0-9a-f]{16}\]$/);
    expect(hashed("saltsalt", MAIL)).toBe(hashed("saltsalt", MAIL));
    expect(hashed("saltsalt", MAIL)).not.toBe(hashed("saltsalt", "eve@example.com"));
    expect(hashed("saltsalt", MAIL)).not.toBe(hashed("othersalt", MAIL));
  });

  it("follows rules of the user's own, every match of them", () => {
    const redactor = new Redactor({ rules: ["email"], customRules: [{ name: "employee", pattern: /E-\d{5}/ }] });
    expect(redactor.text("E-12345, E-54321, a@b.co, 203.0.113.7", attribute)).toBe(
      "[REDACTED:employee], [REDACTED:employee], [REDACTED:email], 203.0.113.7",
    );
  });

  it("keeps a key named __proto__ a key", () => {
    const value = JSON.parse(`{"__proto__":{"mail":"${MAIL}"}}`);
    const clean = new Redactor().value(value, attribute);
    expect(JSON.stringify(clean)).toBe('{"__proto__":{"mail":"[REDACTED:email]"}}');
    expect(({} as { mail?: string }).mail).toBeUndefined();
  });

  it("leaves the address of the model's server readable, and hides other addresses", () => {
    const span = spanOf({ attributes: { "server.address": "10.0.0.5", "client.address": "10.0.0.6" } });
    expect(new Redactor().span(span).attributes).toEqual({
      "server.address": "10.0.0.5",
      "client.address": "[REDACTED:ip]",
    });
  });

  it("hides elsewhere what may stand as the server's address, whichever came first", () => {
    const redactor = new Redactor();
    const address = (key: string) => redactor.value("10.0.0.5", { part: "attribute", key });
    expect([address("server.address"), address("client.address"), address("server.address")]).toEqual([
      "10.0.0.5",
      "[REDACTED:ip]",
      "10.0.0.5",
    ]);
  });

  it("hides a secret in a list that stands beside one that was clean, and gives clean lists back as they are", () => {
    const redactor = new Redactor();
    const messages = [{ role: "user", content: "hello" }];
    const first = { messages };
    const second = { messages, output: [{ role: "assistant", content: `write to ${MAIL}` }] };
    expect(redactor.record(first)).toBe(first);
    expect(redactor.record(second)).toEqual({
      messages,
      output: [{ role: "assistant", content: "write to [REDACTED:email]" }],
    });
    expect(redactor.record(second)).toEqual(redactor.record(second));
  });

  it("asks the mask for every text again, also for one that it left as it was", () => {
    const asked: string[] = [];
    const redactor = new Redactor({
      mask: (text) => {
        asked.push(text);
        return text;
      },
    });
    const record = { tags: ["a", "gpt-4o"] };
    redactor.record(record);
    redactor.record(record);
    expect(asked).toEqual(["a", "gpt-4o", "a", "gpt-4o"]);
  });

  it.each<[string, RedactionOptions, string]>([
    ["an unknown rule", { rules: ["mail" as never] }, "a rule must be one of api_key"],
    ["a short salt", { salt: "x" }, "a salt has at least 8 characters"],
    ["an unknown option", { masks: 1 } as never, "masks"],
  ])("refuses %s with a sentence", (_name, options, sentence) => {
    expect(() => new Redactor(options)).toThrow(RedactionOptionsError);
    expect(() => new Redactor(options)).toThrow(sentence);
  });

  it("never throws, never changes its input, and is idempotent on any value", () => {
    const redactor = new Redactor();
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, maxDepth: 4 }), (value) => {
        const once = redactor.value(value, attribute);
        expect(redactor.value(once, attribute)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });
});
