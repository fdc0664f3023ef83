import type { Body } from "../../adapter.ts";
import type { BodyFormat } from "./body-format.ts";
import { chatCompletions } from "./chat-completions.ts";
import { claude } from "./claude.ts";
import { commandR, rerank } from "./cohere.ts";
import { embeddings } from "./embeddings.ts";
import { images } from "./images.ts";
import { nova } from "./nova.ts";
import { promptFamilies } from "./prompt-families.ts";
import { unknownBody } from "./unknown.ts";

/** From the particular to the general: the first that fits reads the body. */
export const families: readonly BodyFormat[] = [
  embeddings,
  images,
  commandR,
  rerank,
  claude,
  nova,
  chatCompletions,
  ...promptFamilies,
  unknownBody,
];

/** The id of an inference profile or a provisioned model may be an ARN that does not name the model: the body tells. */
export function familyOf(body: Body, model: string): BodyFormat {
  return families.find((family) => family.fits(body, model)) ?? unknownBody;
}
