import type { Intake } from "./intake.ts";
import { anything } from "./vendors/anything.ts";
import { cyberPod } from "./vendors/cyberpod.ts";
import { galileo } from "./vendors/galileo.ts";
import { galileoIngest } from "./vendors/galileo-ingest.ts";
import { keywordsAI } from "./vendors/keywords-ai.ts";
import { log10 } from "./vendors/log10.ts";
import { noveum } from "./vendors/noveum.ts";
import { otlp } from "./vendors/otlp.ts";

export type MockName = "log10" | "noveum" | "keywords-ai" | "galileo" | "galileo-ingest" | "cyberpod" | "otlp" | "http";

/** Everything that there is a mock of, by the name that it is started by. */
export const intakes: Readonly<Record<MockName, Intake>> = {
  log10,
  noveum,
  "keywords-ai": keywordsAI,
  galileo,
  "galileo-ingest": galileoIngest,
  cyberpod: cyberPod,
  otlp,
  http: anything,
};

export const mockNames: readonly MockName[] = Object.keys(intakes) as MockName[]; // its own keys

export function isMockName(name: string): name is MockName {
  return Object.hasOwn(intakes, name);
}
