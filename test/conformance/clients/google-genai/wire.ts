/** The request that an application made, from what the client sent: the client moves the fields of `config` about. */
import type { Cassette } from "../../../support/cassettes.ts";
import { recordedRoute } from "../../recordings/replay-fetch.ts";
import { isObject, type Json, objectsIn, requestFields } from "../../recordings/response-objects.ts";

export const isVertex = ({ provider }: Cassette): boolean => provider === "google-vertex";

/** `gemini-2.5-flash`, which is a part of the path. */
export const modelOf = (cassette: Cassette): string =>
  /\/models\/([^/:]+):/.exec(recordedRoute(cassette))?.[1] ?? String(requestFields(cassette)["model"]);

const ALIKE = ["systemInstruction", "tools", "toolConfig", "safetySettings", "cachedContent", "labels"];

/** `GenerateContentParameters`. Fields of parts are in snake case where another language's client sent them. */
export function generateContentParameters(cassette: Cassette): unknown {
  const fields = requestFields(cassette);
  const config: Record<string, unknown> = isObject(fields["generationConfig"]) ? { ...fields["generationConfig"] } : {};
  for (const name of ALIKE) if (fields[name] !== undefined) config[name] = fields[name];
  if (config["systemInstruction"]) config["systemInstruction"] = content(config["systemInstruction"]);
  return { model: modelOf(cassette), contents: contentsOf(cassette), config };
}

export const contentsOf = (cassette: Cassette): readonly unknown[] =>
  objectsIn(requestFields(cassette)["contents"]).map(content);

function content(value: unknown): unknown {
  return isObject(value) ? { ...value, parts: objectsIn(value["parts"]).map(part) } : value;
}

function part(value: Json): Json {
  const members = Object.entries(camelKeys(value));
  return Object.fromEntries(members.map(([name, inner]) => [name, isObject(inner) ? camelKeys(inner) : inner]));
}

const camelKeys = (value: Json): Json =>
  Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      inner,
    ]),
  );

/** `EmbedContentParameters`: the client sends one request for each text. */
export function embedContentParameters(cassette: Cassette): unknown {
  const fields = requestFields(cassette);
  const requests = objectsIn(fields["requests"] ?? [fields]);
  const [first = {}] = requests;
  const { outputDimensionality, taskType } = first;
  return {
    model: modelOf(cassette),
    contents: requests.map(({ content: given }) => given),
    config: {
      ...(outputDimensionality !== undefined && { outputDimensionality }),
      ...(taskType !== undefined && { taskType }),
    },
  };
}
