import * as semconv from "@genspan/semconv";
import type { Draft } from "../reading/draft.ts";
import { setFound } from "../reading/found.ts";
import { messagesOf, type Speaker } from "../reading/messages.ts";
import { provider } from "../reading/value-maps.ts";
import { field, parsedObject, text } from "../reading/values.ts";
import { HIDDEN, MAX_CHARACTERS } from "./openinference-response.ts";

/**
 * Messages as LangChain serialises them, which its instrumentation keeps in `input.value` and `output.value`: the ids of
 * calls and answers, images, and which model answered. The flattened names leave them out.
 */
export function readLangChain(draft: Draft): void {
  const { metadata } = draft.source;
  if (metadata !== undefined && !draft.has(semconv.ATTR_GEN_AI_PROVIDER_NAME)) {
    draft.set(semconv.ATTR_GEN_AI_PROVIDER_NAME, provider(field(parsedObject(metadata), "ls_provider")));
  }
  readWhole(draft, "input.value", semconv.ATTR_GEN_AI_INPUT_MESSAGES, "user");
  const answer = readWhole(draft, "output.value", semconv.ATTR_GEN_AI_OUTPUT_MESSAGES, "assistant");
  if (answer !== undefined) readAnswer(draft, answer);
}

/** The value where it is LangChain's; in the place of the flattened messages unless the user hides those. */
function readWhole(draft: Draft, name: string, to: string, speaker: Speaker): unknown {
  const value = draft.source[name];
  if (typeof value !== "string" || !value.startsWith("{") || value.length > MAX_CHARACTERS) return undefined;
  if (!value.includes('"lc":')) return undefined;
  const flattened = draft.get(to);
  if (typeof flattened !== "string" || flattened === draft.source[to] || flattened.includes(HIDDEN)) return undefined;
  const body = parsedObject(value);
  const messages = messagesOf(body, speaker);
  if (messages === undefined) return undefined;
  draft.remove(to);
  setFound(draft, to, messages);
  return body;
}

function readAnswer(draft: Draft, body: unknown): void {
  const { generations } = Object(body) as { readonly generations?: unknown };
  const [first]: readonly unknown[] = Array.isArray(generations) ? generations.flat() : [];
  const kwargs = field(field(first, "message"), "kwargs");
  const metadata = field(kwargs, "response_metadata");
  draft.set(semconv.ATTR_GEN_AI_RESPONSE_MODEL, text(field(metadata, "model_name") ?? field(metadata, "model")));
  const id = text(field(metadata, "id") ?? field(kwargs, "id"));
  // An id that LangChain made itself is that of its run.
  if (id !== undefined && !/^(lc_)?run-/.test(id)) draft.set(semconv.ATTR_GEN_AI_RESPONSE_ID, id);
}
