import { ATTR_GENSPAN_METADATA_PREFIX, CONTENT_ATTRIBUTES } from "@genspan/semconv";
import type { GenAISpan } from "../engine/genai-span.ts";
import { evaluationsOf } from "../formats/evaluations.ts";
import { jsonText } from "../formats/json-text.ts";
import { READ_ATTRIBUTES } from "./read-attributes.ts";

type Metadata = Readonly<Record<string, string>>;

/**
 * Everything that has no field of its own, as text, which is how the vendor stores it: who runs the service, the
 * attributes that no row reads, evaluation results; then what the user asked for, which wins.
 * Content never comes here: an attribute that may hold it is mapped by a row or left out.
 */
export function metadataOf(span: GenAISpan, own: Readonly<Record<string, unknown>>): Metadata | undefined {
  const asked = span.attributes;
  const entries = [
    ...texts(span.resource, (name) => (/^(service|deployment)\./.test(name) ? name : undefined)),
    ...texts(asked, (name) => (isMapped(name) ? undefined : name)),
    ...(span.ownCost === undefined ? [] : Object.entries(span.priceNote)),
    ...evaluations(span),
    ...texts(own, (name) => name),
    ...texts(asked, (name) =>
      name.startsWith(ATTR_GENSPAN_METADATA_PREFIX) ? name.slice(ATTR_GENSPAN_METADATA_PREFIX.length) : undefined,
    ),
  ];
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const CONTENT: readonly string[] = CONTENT_ATTRIBUTES;
const PREFIXES: readonly string[] = [
  ATTR_GENSPAN_METADATA_PREFIX,
  "genspan.raw.",
  "genspan.stacktrace",
  ...CONTENT.map((name) => `${name}.`),
];

function isMapped(name: string): boolean {
  return READ_ATTRIBUTES.has(name) || CONTENT.includes(name) || PREFIXES.some((prefix) => name.startsWith(prefix));
}

type Entry = readonly [name: string, value: string];

function texts(
  values: Readonly<Record<string, unknown>>,
  nameOf: (name: string) => string | undefined,
): readonly Entry[] {
  return Object.entries(values).flatMap(([key, value]): readonly Entry[] => {
    const name = nameOf(key);
    const text = name === undefined ? undefined : jsonText(value);
    return name === undefined || text === undefined ? [] : [[name, text]];
  });
}

/** `evaluation.<name>`: the score, else its label. The vendor keeps scores of its own, which a log cannot set. */
function evaluations(span: GenAISpan): readonly Entry[] {
  return evaluationsOf(span).map(({ name, score, label = "" }) => [
    `evaluation.${name}`,
    score === undefined ? label : String(score),
  ]);
}
