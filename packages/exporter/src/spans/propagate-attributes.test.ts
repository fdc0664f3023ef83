import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, expect, it } from "vitest";
import { memory, propagateAttributes } from "../index.ts";
import { startSdk } from "../testing/parts.ts";

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

async function attributesOf(run: (start: (attributes?: Record<string, string>) => void) => void | Promise<void>) {
  const kept: ReadableSpan[] = [];
  const { tracer, processor } = startSdk({ destinations: [memory(kept)] });
  await run((attributes = {}) => tracer.startSpan("a", { attributes }).end());
  await processor.shutdown();
  return kept.map(({ attributes }) => attributes);
}

it("puts the attributes on every span that starts within, across awaits, and on none outside", async () => {
  const [inside, outside] = await attributesOf(async (start) => {
    await propagateAttributes(
      { userId: "u1", metadata: { plan: "pro" }, policyDecisions: [{ allow: true }] },
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        start();
      },
    );
    start();
  });
  expect(inside).toEqual({
    "user.id": "u1",
    "genspan.metadata.plan": "pro",
    "genspan.policy_decisions": '[{"allow":true}]',
  });
  expect(outside).toEqual({});
});

it("nests: inner values win, tags are united, and what a span says itself stays", async () => {
  const [span] = await attributesOf((start) =>
    propagateAttributes({ userId: "outer", sessionId: "s", tags: ["a", "b"] }, () =>
      propagateAttributes({ userId: "inner", tags: ["b", "c"] }, () => start({ "session.id": "own" })),
    ),
  );
  expect(span).toEqual({ "user.id": "inner", "session.id": "own", "genspan.tags": ["a", "b", "c"] });
});

it("runs the function, without attributes, where it cannot read what it was given", async () => {
  const circular: unknown[] = [];
  circular.push(circular);
  const [span] = await attributesOf((start) => propagateAttributes({ policyDecisions: circular }, () => start()));
  expect(span).toEqual({});
});

it("hands on what the function returns and throws", () => {
  expect(propagateAttributes({ userId: "u" }, () => 7)).toBe(7);
  const error = new Error("the application's own");
  expect(() =>
    propagateAttributes({ userId: "u" }, () => {
      throw error;
    }),
  ).toThrow(error);
});
