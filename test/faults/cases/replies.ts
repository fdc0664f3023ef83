/** Replies of success that say more, or something else. */
import type { FaultCase } from "../case.ts";
import { scenario } from "../scenario.ts";

const REJECTED = "rejected by the receiver";

export const replyCases: readonly FaultCase[] = [
  scenario({
    number: 24,
    name: "partial-success",
    expected: "not tried again; as many counted as the receiver refused",
    faults: () => [[{ kind: "partial", rejected: 0.5, message: "refused by the case" }]],
    expects: { delivered: "any", dead: "some" },
    verify: ({ end, tally }) => {
      const [destination] = end.report?.status?.destinations ?? [];
      const counted = destination?.deadLettered[REJECTED];
      if (destination?.retried !== 0) return ["batches were sent again"];
      return counted === tally.produced - tally.delivered ? [] : [`${counted} counted as ${REJECTED}`];
    },
  }),
  scenario({
    number: 25,
    name: "partial-success-message-only",
    expected: "told once, counted as success",
    faults: () => [[{ kind: "warning", message: "an old version of the protocol" }]],
    verify: ({ end }) => {
      const told = end.report?.told.filter((text) => text.includes("an old version")).length;
      return told === 1 ? [] : [`the warning was told ${told} times`];
    },
  }),
  scenario({
    number: 26,
    name: "wrong-content-type / empty / 5 MB reply",
    expected: "success by its status, the reply read to its beginning only",
    faults: () => [
      [
        { kind: "reply", body: "<html>ok</html>", contentType: "text/html" },
        { afterMillis: 300, forMillis: 600, atLeast: 1 },
      ],
      [
        { kind: "reply", body: "", contentType: "application/json" },
        { afterMillis: 900, forMillis: 600, atLeast: 1 },
      ],
      [
        { kind: "reply", body: Buffer.alloc(5_000_000, "x") },
        { afterMillis: 1500, forMillis: 600, atLeast: 1 },
      ],
    ],
  }),
];
