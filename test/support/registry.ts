/** The registry of the GenAI conventions, as packages/semconv keeps it. */
import { readFileSync } from "node:fs";

export type AttributeType = "string" | "boolean" | "int" | "double" | "any" | "string[]" | "template[string]";

export interface RegistryAttribute {
  readonly id: string;
  readonly type: AttributeType;
  readonly deprecated?: boolean;
  readonly content_bearing?: boolean;
  /** File name of the JSON Schema of the value. */
  readonly json_schema?: string;
  readonly enum?: readonly string[];
}

export interface RegistrySpanAttribute {
  readonly id: string;
  readonly level: "required" | "conditionally_required" | "recommended" | "opt_in";
  /** Why and when, in words. */
  readonly condition?: string | null;
  /** Has to be set when the span is created, so that a sampler can see it. */
  readonly sampling_relevant?: boolean;
}

export interface RegistrySpan {
  readonly type: string;
  readonly kind: "client" | "internal" | "server";
  readonly kind_note?: string;
  readonly operation_names: readonly string[];
  /** From the most detailed to the plainest. */
  readonly name_templates: readonly string[];
  readonly attributes: readonly RegistrySpanAttribute[];
}

interface Registry {
  readonly attributes: readonly RegistryAttribute[];
  readonly external_attributes: readonly RegistryAttribute[];
  readonly spans: readonly RegistrySpan[];
}

const DIRECTORY = new URL("../../packages/semconv/registry/", import.meta.url);

export function readRegistryFile(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, DIRECTORY), "utf8"));
}

const registry = readRegistryFile("genai-registry.json") as Registry; // its form is checked where constants are generated

export const REGISTRY_ATTRIBUTES: ReadonlyMap<string, RegistryAttribute> = new Map(
  [...registry.attributes, ...registry.external_attributes].map((attribute) => [attribute.id, attribute]),
);

const REGISTRY_SPANS: readonly RegistrySpan[] = registry.spans;

/** The definition of an attribute, also of one that is named by a template such as `gen_ai.prompt.variable.<key>`. */
export function attributeDefinition(name: string): RegistryAttribute | undefined {
  const exact = REGISTRY_ATTRIBUTES.get(name);
  if (exact) return exact;
  return [...REGISTRY_ATTRIBUTES.values()].find(
    ({ id, type }) => type.startsWith("template") && name.startsWith(`${id}.`),
  );
}

/** The span definitions of an operation; several where a client's and an internal form exist. */
export function spansOfOperation(operation: string): readonly RegistrySpan[] {
  return REGISTRY_SPANS.filter(
    (span) => !span.type.startsWith("mcp.") && span.operation_names.some((name) => name === operation),
  );
}
