import { describe, expect, it } from "vitest";
import type { Destination, Item, SendResult, Unit } from "../destination.ts";
import { memory } from "../index.ts";
import { MemoryQueue } from "../queue/memory-queue.ts";
import { DEFAULT_RETRY, type RetryOptions } from "./backoff.ts";
import { Delivery } from "./delivery.ts";

const itemsOf = (names: string): readonly Item[] =>
  [...names].map((payload) => ({ payload, bytes: 1, group: "", traceId: "t", spanId: payload }));
const namesOf = (items: readonly Item[]) => items.map(({ payload }) => payload).join("");

function start(send: (names: string) => SendResult | Promise<SendResult>, retry: Partial<RetryOptions> = {}) {
  const tries: string[] = [];
  const letters: Record<string, string> = {};
  const destination: Destination = {
    ...memory([]),
    maxItems: 8,
    concurrency: 1,
    encode: ({ span }) => ({ status: "item", item: span as unknown as Item }), // the tests deliver items themselves
    send: async (items) => {
      tries.push(namesOf(items));
      return send(namesOf(items));
    },
  };
  const delivery = new Delivery(destination, {
    openQueue: (_destination, hooks) =>
      new MemoryQueue({ maxItems: 100, maxBytes: 100, overflow: "drop-newest" }, hooks),
    retry: { ...DEFAULT_RETRY, initialDelayMillis: 1, ...retry },
    blockMillis: 0,
    onDeadLetter({ payloads, reason }) {
      letters[payloads.join("")] = reason;
    },
  });
  const deliver = (names: string) => {
    for (const span of itemsOf(names)) delivery.deliver({ span, trace: undefined } as unknown as Unit);
    return delivery.settled();
  };
  return { delivery, deliver, tries, letters };
}

const aWhile = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));
const success: SendResult = { status: "success" };

describe("Delivery", () => {
  it("finds the one bad record of a batch and delivers all others", async () => {
    const { deliver, delivery, tries, letters } = start((names) =>
      names.includes("f") ? { status: "failure", reason: "HTTP 400", divisible: true } : success,
    );
    await deliver("abcdefgh");
    expect(letters).toEqual({ f: "HTTP 400" });
    expect(delivery.status()).toMatchObject({ sent: 7, queued: 0 });
    expect(tries).toEqual(["abcdefgh", "abcd", "efgh", "ef", "e", "f", "gh"]);
  });

  it("makes batches smaller until they are taken, and remembers how small", async () => {
    const { deliver, tries, letters } = start((names) =>
      names.length > 3 ? { status: "failure", reason: "HTTP 413", divisible: true, tooLarge: true } : success,
    );
    await deliver("abcdefgh");
    expect(tries).toEqual(["abcdefgh", "abcd", "ab", "cd", "efgh", "ef", "gh"]);
    await deliver("ijkl");
    expect(tries.slice(7)).toEqual(["ij", "kl"]);
    expect(letters).toEqual({});
  });

  it("does not divide where a part would fare no better", async () => {
    const { deliver, tries, letters } = start(() => ({ status: "failure", reason: "HTTP 404" }));
    await deliver("abc");
    expect(tries).toEqual(["abc"]);
    expect(letters).toEqual({ abc: "HTTP 404" });
  });

  it("treats an exception as the fault of one record", async () => {
    const { deliver, delivery, letters } = start((names) => {
      if (names.includes("b")) throw new TypeError("Do not know how to serialize a BigInt");
      return success;
    });
    await deliver("abcd");
    expect(letters).toEqual({ b: "could not be sent" });
    expect(delivery.status().sent).toBe(3);
  });

  it("tries on until it succeeds, however often", async () => {
    let left = 30;
    const { deliver, delivery, tries } = start(
      () => (left-- > 0 ? { status: "retryable", reason: "HTTP 503" } : success),
      { maxDelayMillis: 2 },
    );
    await deliver("a");
    expect(tries).toHaveLength(31);
    expect(delivery.status()).toMatchObject({ sent: 1, retried: 30, gate: { state: "open" } });
  });

  it("gives up when the time that was set is over", async () => {
    const { deliver, tries, letters } = start(() => ({ status: "retryable", reason: "HTTP 503" }), {
      maxElapsedMillis: 40,
      maxDelayMillis: 10,
    });
    await deliver("a");
    expect(tries.length).toBeGreaterThan(2);
    expect(letters).toEqual({ a: "HTTP 503" });
  });

  it("tries again when an attempt never settles", async () => {
    let isFirst = true;
    const { deliver, delivery } = start(
      () => {
        if (!isFirst) return success;
        isFirst = false;
        return new Promise<never>(() => {});
      },
      { attemptTimeoutMillis: 20 },
    );
    await deliver("a");
    expect(delivery.status().sent).toBe(1);
  });

  it("has one last try when it is closed while it waits", async () => {
    const { delivery, deliver, tries, letters } = start(() => ({
      status: "retryable",
      reason: "HTTP 429",
      retryAfterMillis: 60_000,
    }));
    const delivered = deliver("a");
    await aWhile(20);
    delivery.close();
    await delivered;
    expect(tries).toHaveLength(2);
    expect(letters).toEqual({ a: "HTTP 429" });
  });

  it("sends nothing to a destination that refuses its key, keeps all, and goes on when it is told", async () => {
    let key = "old";
    const { delivery, deliver, tries } = start(() =>
      key === "new" ? success : { status: "blocked", reason: "HTTP 401" },
    );
    await deliver("abc"); // which does not wait for somebody to act
    await deliver("def");
    expect(tries).toEqual(["abc"]);
    expect(delivery.status()).toMatchObject({ queued: 6, sent: 0, gate: { state: "blocked" }, lastError: "HTTP 401" });
    key = "new";
    delivery.resume();
    await delivery.settled();
    expect(delivery.status()).toMatchObject({ queued: 0, sent: 6, gate: { state: "open" } });
  });

  it("tries with one batch after a failure, and with all when that was taken", async () => {
    let isDown = true;
    let open = 0;
    let most = 0;
    const { delivery, deliver, tries } = start(async () => {
      most = Math.max(most, ++open);
      await aWhile(5);
      open--;
      return isDown ? { status: "retryable", reason: "ECONNREFUSED" } : success;
    });
    Object.assign(delivery.destination, { concurrency: 3, maxItems: 1 });
    const delivered = deliver("abcdefghi");
    await aWhile(60);
    const whileDown = tries.length;
    isDown = false;
    await delivered;
    expect(most).toBe(3);
    expect(whileDown).toBeLessThan(12);
    expect(delivery.status()).toMatchObject({ sent: 9, queued: 0 });
  });

  it("finds the record that a receiver answers with HTTP 500, while it takes all others", async () => {
    const { deliver, delivery, letters } = start(
      (names) => (names.includes("x") ? { status: "retryable", reason: "HTTP 500", isAboutBatch: true } : success),
      { maxDelayMillis: 2 },
    );
    const first = deliver("abxc");
    const more = Array.from({ length: 40 }, (_, index) => index);
    for (const _ of more) {
      void deliver("yz");
      await aWhile(3);
    }
    await first;
    expect(letters).toEqual({ x: "HTTP 500, while others are taken" });
    expect(delivery.status().sent).toBe(83);
  });

  it("counts what a receiver says that it did not take, and does not send it again", async () => {
    const { deliver, delivery, tries } = start(() => ({ status: "success", rejected: 2, detail: "too old" }));
    await deliver("abcde");
    expect(tries).toHaveLength(1);
    expect(delivery.status()).toMatchObject({
      sent: 3,
      deadLettered: { "rejected by the receiver": 2 },
      recentDeadLetters: [{ detail: "too old", count: 2 }],
    });
  });
});
