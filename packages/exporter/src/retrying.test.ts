import { describe, expect, it } from "vitest";
import { DEFAULT_RETRY, type RetryOptions } from "./backoff.ts";
import type { Item, SendResult } from "./destination.ts";
import { Retrying } from "./retrying.ts";

const itemsOf = (names: string): readonly Item[] =>
  [...names].map((payload) => ({ payload, bytes: 1, group: "", traceId: "t", spanId: payload }));
const namesOf = (items: readonly Item[]) => items.map(({ payload }) => payload).join("");

function start(send: (names: string) => SendResult | Promise<SendResult>, retry: Partial<RetryOptions> = {}) {
  const tries: string[] = [];
  const outcomes: Record<string, string> = {};
  const retrying = new Retrying(
    async (items) => {
      tries.push(namesOf(items));
      return send(namesOf(items));
    },
    { ...DEFAULT_RETRY, initialDelayMillis: 1, ...retry },
    {
      settled: (items, outcome) => {
        outcomes[namesOf(items)] = outcome.status === "failure" ? outcome.reason : outcome.status;
      },
      retried: () => {},
    },
  );
  return { retrying, tries, outcomes };
}

const success: SendResult = { status: "success" };

describe("Retrying", () => {
  it("finds the one bad record of a batch and delivers all others", async () => {
    const { retrying, tries, outcomes } = start((names) =>
      names.includes("f") ? { status: "failure", reason: "HTTP 400", divisible: true } : success,
    );
    await retrying.deliver(itemsOf("abcdefgh"));
    expect(outcomes).toEqual({ abcd: "success", e: "success", f: "HTTP 400", gh: "success" });
    expect(tries).toEqual(["abcdefgh", "abcd", "efgh", "ef", "e", "f", "gh"]);
  });

  it("makes batches smaller until they are taken", async () => {
    const { retrying, outcomes } = start((names) =>
      names.length > 3 ? { status: "failure", reason: "HTTP 413", divisible: true } : success,
    );
    await retrying.deliver(itemsOf("abcdefgh"));
    expect(outcomes).toEqual({ ab: "success", cd: "success", ef: "success", gh: "success" });
  });

  it("does not divide where a part would fare no better", async () => {
    const { retrying, tries, outcomes } = start(() => ({ status: "failure", reason: "HTTP 401" }));
    await retrying.deliver(itemsOf("abc"));
    expect(tries).toEqual(["abc"]);
    expect(outcomes).toEqual({ abc: "HTTP 401" });
  });

  it("treats an exception as the fault of one record", async () => {
    const { retrying, outcomes } = start((names) => {
      if (names.includes("b")) throw new TypeError("Do not know how to serialize a BigInt");
      return success;
    });
    await retrying.deliver(itemsOf("abcd"));
    expect(outcomes).toEqual({ a: "success", b: "could not be sent", cd: "success" });
  });

  it("tries on until it succeeds, however often, while there is time", async () => {
    let left = 30;
    const { retrying, tries, outcomes } = start(
      () => (left-- > 0 ? { status: "retryable", reason: "HTTP 503" } : success),
      { maxDelayMillis: 2 },
    );
    await retrying.deliver(itemsOf("a"));
    expect(tries).toHaveLength(31);
    expect(outcomes).toEqual({ a: "success" });
  });

  it("gives up when the time is over", async () => {
    const { retrying, tries, outcomes } = start(() => ({ status: "retryable", reason: "HTTP 503" }), {
      maxElapsedMillis: 40,
      maxDelayMillis: 10,
    });
    await retrying.deliver(itemsOf("a"));
    expect(tries.length).toBeGreaterThan(2);
    expect(outcomes).toEqual({ a: "HTTP 503" });
  });

  it("tries again when an attempt never settles", async () => {
    let isFirst = true;
    const { retrying, outcomes } = start(
      () => {
        if (!isFirst) return success;
        isFirst = false;
        return new Promise<never>(() => {});
      },
      { attemptTimeoutMillis: 20 },
    );
    await retrying.deliver(itemsOf("a"));
    expect(outcomes).toEqual({ a: "success" });
  });

  it("has one last try when it is closed while it waits", async () => {
    const { retrying, tries, outcomes } = start(() => ({
      status: "retryable",
      reason: "HTTP 429",
      retryAfterMillis: 60_000,
    }));
    const delivered = retrying.deliver(itemsOf("a"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    retrying.close();
    await delivered;
    expect(tries).toHaveLength(2);
    expect(outcomes).toEqual({ a: "HTTP 429" });
  });
});
