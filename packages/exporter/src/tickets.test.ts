import { expect, it } from "vitest";
import { Tickets } from "./tickets.ts";

it("waits for the items that are there, in whatever order they leave, and for no later ones", async () => {
  const tickets = new Tickets<string>();
  const done: string[] = [];
  const settle = (name: string) => tickets.settled().then(() => done.push(name));
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  await tickets.settled();
  for (const item of ["a", "b"]) tickets.enter(item);
  void settle("first");
  tickets.enter("c");
  void settle("second");
  tickets.enter("d");
  tickets.leave(["c", "b"]);
  await turn();
  expect(done).toEqual([]);
  tickets.leave(["a"]);
  await turn();
  expect(done).toEqual(["first", "second"]);
  expect(tickets.hasWaiters).toBe(false);
});
