import type { ClientAdapter } from "./adapter.ts";
import { openai } from "./openai/index.ts";

/** Every client library that is known here. */
export const adapters: readonly ClientAdapter[] = [openai];
