/** Checks content attributes against the official JSON Schemas and against the stricter schemas of @genspan/semconv. */
import {
  inputMessagesSchema,
  outputMessagesSchema,
  systemInstructionsSchema,
  toolDefinitionsSchema,
} from "@genspan/semconv/messages";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import draft7 from "ajv/dist/refs/json-schema-draft-07.json" with { type: "json" };
import type { z } from "zod";
import { REGISTRY_ATTRIBUTES, readRegistryFile } from "./registry.ts";

const OUR_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  "gen_ai.input.messages": inputMessagesSchema,
  "gen_ai.output.messages": outputMessagesSchema,
  "gen_ai.system_instructions": systemInstructionsSchema,
  "gen_ai.tool.definitions": toolDefinitionsSchema,
};

const ajv = new Ajv2020({ strict: false });
ajv.addFormat("binary", true);
ajv.addMetaSchema(draft7); // the schema of tool definitions refers to it
const official = new Map<string, ValidateFunction>();
for (const { id, json_schema } of REGISTRY_ATTRIBUTES.values()) {
  if (json_schema) official.set(id, ajv.compile(readRegistryFile(json_schema) as object)); // a schema is an object
}

export const hasContentSchema = (attribute: string): boolean => official.has(attribute);

/** What is wrong with the value of a content attribute, which is JSON text or a structure; undefined where nothing is. */
export function contentFault(attribute: string, value: unknown): string | undefined {
  let parsed = value;
  try {
    if (typeof value === "string") parsed = JSON.parse(value);
  } catch {
    return "is not JSON";
  }
  const validate = official.get(attribute);
  if (validate && !validate(parsed)) return `official schema: ${ajv.errorsText(validate.errors)}`;
  const strict = OUR_SCHEMAS[attribute]?.safeParse(parsed);
  return strict?.success === false ? `our schema: ${strict.error.message}` : undefined;
}
