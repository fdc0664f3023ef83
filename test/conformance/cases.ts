/** Everything that the behaviour suite has an application do. 23 cases are those of the published comparison; the rest is ours. */
import type { BehaviourCase } from "./behaviour/case.ts";
import { chatCases } from "./behaviour/cases-chat.ts";
import { chatStreamCases } from "./behaviour/cases-chat-stream.ts";
import { clientCases } from "./behaviour/cases-client.ts";
import { errorCases } from "./behaviour/cases-error.ts";
import { otherCases } from "./behaviour/cases-other.ts";
import { responsesCases } from "./behaviour/cases-responses.ts";

export const CASES: readonly BehaviourCase[] = [
  ...chatCases,
  ...chatStreamCases,
  ...responsesCases,
  ...otherCases,
  ...clientCases,
  ...errorCases,
];
