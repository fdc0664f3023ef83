import type { FaultCase } from "../case.ts";
import { tallyOf } from "../tally.ts";

/** There is no consumer to test. What it would rest on is: ids that are the same at every try, which case 48 proves. */
export const kafkaRebalance: FaultCase = {
  number: 47,
  name: "kafka-rebalance",
  expected: "0 lost; duplicates have equal ids",
  compares: false,
  run: async () => ({
    tally: tallyOf(0, { delivered: 0, duplicates: 0 }, undefined, ""),
    violations: [],
    isImpossible: true,
    note: "genspan has no Kafka consumer; that ids are the same at every try is proved by case 48",
  }),
};
