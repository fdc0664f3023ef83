/**
 * Checks a finished span against the GenAI conventions. The policies bear the names of those in
 * open-telemetry/semantic-conventions-conformance where that repository has them, so that results can be compared.
 */
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { contentFault, hasContentSchema } from "./content-schemas.ts";
import { expectedAttributes } from "./live-check-expected.ts";
import type { CheckedSpan, LiveCheckOptions, Violation } from "./live-check-types.ts";
import { attributeDefinition, type RegistrySpan, spansOfOperation } from "./registry.ts";

export function liveCheck(span: CheckedSpan, options: LiveCheckOptions = {}): readonly Violation[] {
  const operation = span.attributes["gen_ai.operation.name"];
  const candidates = typeof operation === "string" ? spansOfOperation(operation) : [];
  const isOwn = typeof operation === "string" && options.ownOperations?.includes(operation) === true;
  return [
    ...checkOperation(span, candidates, isOwn),
    ...checkStatus(span),
    ...(candidates[0] ? checkDefinition(span, candidates, candidates[0], options) : []),
    ...checkAttributes(span, options),
  ];
}

function checkOperation(span: CheckedSpan, candidates: readonly RegistrySpan[], isOwn: boolean): readonly Violation[] {
  const operation = span.attributes["gen_ai.operation.name"];
  if (operation === undefined) {
    return [{ policy: "genai_expected_attribute_missing", message: "gen_ai.operation.name is missing" }];
  }
  if (candidates.length > 0 || isOwn) return [];
  return [{ policy: "genai_operation_name_unknown", message: `${operation} is not an operation of the conventions` }];
}

function checkStatus(span: CheckedSpan): readonly Violation[] {
  const violations: Violation[] = [];
  const failed = span.status.code === SpanStatusCode.ERROR;
  const errorType = span.attributes["error.type"];
  if (span.status.code === SpanStatusCode.OK) {
    violations.push({ policy: "span_status_ok_set_by_instrumentation", message: "the status of success is UNSET" });
  }
  if (failed && errorType === undefined) {
    violations.push({ policy: "error_type_missing_on_error", message: "the status is ERROR without an error.type" });
  }
  if (!failed && errorType !== undefined) {
    violations.push({ policy: "error_type_without_error_status", message: `error.type ${errorType} without ERROR` });
  }
  return violations;
}

function checkDefinition(
  span: CheckedSpan,
  candidates: readonly RegistrySpan[],
  first: RegistrySpan,
  options: LiveCheckOptions,
): readonly Violation[] {
  const violations: Violation[] = [];
  const definition = candidates.find((candidate) => kindFits(span.kind, candidate));
  if (!definition) {
    const message = `kind ${SpanKind[span.kind]}, expected ${candidates.map(({ kind }) => kind).join(" or ")}`;
    violations.push({ policy: "genai_span_kind_unexpected", message });
  }
  const { name_templates } = definition ?? first;
  const expected = expectedName(name_templates, span.attributes);
  if (span.name !== expected) {
    violations.push({ policy: "genai_span_name_format", message: `name "${span.name}", expected "${expected}"` });
  }
  for (const attribute of expectedAttributes(definition ?? first, span, options)) {
    if (span.attributes[attribute.id] !== undefined) continue;
    const message = `${attribute.id} (${attribute.level}) is missing`;
    violations.push({ policy: "genai_expected_attribute_missing", message });
  }
  return violations;
}

function kindFits(kind: SpanKind, definition: RegistrySpan): boolean {
  const kinds = { client: SpanKind.CLIENT, internal: SpanKind.INTERNAL, server: SpanKind.SERVER };
  return kinds[definition.kind] === kind || (kind === SpanKind.INTERNAL && /INTERNAL/.test(definition.kind_note ?? ""));
}

/** The most detailed template whose attributes are all there, filled in. */
function expectedName(templates: readonly string[], attributes: CheckedSpan["attributes"]): string {
  const filled = templates.map((template) => {
    const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
    const complete = names.every((name) => attributes[name] !== undefined && attributes[name] !== "");
    return complete ? template.replace(/\{([^}]+)\}/g, (_, name: string) => String(attributes[name])) : undefined;
  });
  return filled.find((name) => name !== undefined) ?? "";
}

function checkAttributes(span: CheckedSpan, { content }: LiveCheckOptions): readonly Violation[] {
  const violations: Violation[] = [];
  const sources = [span.attributes, ...(span.events ?? []).map((event) => event.attributes ?? {})];
  for (const [name, value] of sources.flatMap(Object.entries) as [string, unknown][]) {
    const definition = attributeDefinition(name);
    if (!definition || definition.deprecated) {
      if (/^(gen_ai|openai)\./.test(name)) {
        violations.push({ policy: "genai_attribute_unknown", message: `${name} is not in the registry` });
      }
    } else if (!isOfType(value, definition.type)) {
      const message = `${name} is ${JSON.stringify(value)}, expected ${definition.type}`;
      violations.push({ policy: "genai_attribute_type", message });
    }
    if (!content && (definition?.content_bearing || name.startsWith("genspan.raw."))) {
      violations.push({ policy: "genai_content_present_when_off", message: `${name} is set` });
    }
    const fault = hasContentSchema(name) ? contentFault(name, value) : undefined;
    if (fault) violations.push({ policy: "genai_content_schema", message: `${name} ${fault}` });
  }
  return violations;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "string":
    case "template[string]":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "int":
      return Number.isSafeInteger(value);
    case "double":
      return typeof value === "number" && Number.isFinite(value);
    case "string[]":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
    default:
      return value !== undefined; // any: content attributes, which have schemas
  }
}
