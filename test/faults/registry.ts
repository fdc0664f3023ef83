import type { FaultCase } from "./case.ts";
import { connectionCases } from "./cases/connections.ts";
import { destinationCases } from "./cases/destinations.ts";
import { diskFull } from "./cases/disk-full.ts";
import { kafkaRebalance } from "./cases/kafka.ts";
import { payloadCases } from "./cases/payloads.ts";
import { processDeathCases } from "./cases/process-death.ts";
import { processEndCases } from "./cases/process-end.ts";
import { replyCases } from "./cases/replies.ts";
import { spoolCases } from "./cases/spool.ts";
import { statusCases } from "./cases/statuses.ts";

/** Every case, by number. */
export const faultCases: readonly FaultCase[] = [
  ...connectionCases,
  ...statusCases,
  ...replyCases,
  ...destinationCases,
  ...payloadCases,
  ...spoolCases,
  diskFull,
  kafkaRebalance,
  ...processEndCases,
  ...processDeathCases,
].sort((one, other) => one.number - other.number);
