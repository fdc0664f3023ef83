import type { ToolDefinition } from "@genspan/semconv";
import { nonEmpty } from "../../absent.ts";
import { isObject } from "../../message-guards.ts";
import { parsed, text } from "./values.ts";

/**
 * Tool definitions of OpenAI (nested and flat), Anthropic, Gemini and the AI SDK as the conventions have them.
 * `undefined` where there is none.
 */
export function toolDefinitions(value: unknown): readonly ToolDefinition[] | undefined {
  const read = typeof value === "string" ? parsed(value) : value;
  const list = Array.isArray(read) ? read : [read];
  const tools = list.flatMap((one) => toolDefinition(typeof one === "string" ? parsed(one) : one));
  return nonEmpty(tools);
}

/** Types of tools that have a schema: OpenAI's, and Anthropic's name for the application's own. */
const DECLARED: ReadonlySet<string> = new Set(["function", "custom"]);

/** A tool of the provider's: its settings stay with it, but for the credentials of an MCP server. */
function ownTool(tool: Readonly<Record<string, unknown>>, type: string, name: string): ToolDefinition {
  const { authorization: _authorization, headers: _headers, ...definition } = tool;
  return { ...definition, type, name };
}

function toolDefinition(tool: unknown): readonly ToolDefinition[] {
  if (!isObject(tool)) return [];
  const declared = tool["functionDeclarations"] ?? tool["function_declarations"];
  if (Array.isArray(declared)) return declared.flatMap(toolDefinition);
  const inner = isObject(tool["function"]) ? tool["function"] : isObject(tool["toolSpec"]) ? tool["toolSpec"] : tool;
  const name = text(inner["name"]) ?? text(inner["server_label"]) ?? text(inner["type"]);
  if (name === undefined) return googleTool(tool);
  const type = text(tool["type"]) ?? "function";
  if (!DECLARED.has(type)) return [ownTool(tool, type, name)];
  const { description } = inner;
  const schema =
    inner["parameters"] ??
    inner["input_schema"] ??
    inner["inputSchema"] ??
    inner["parameters_json_schema"] ??
    inner["parametersJsonSchema"] ??
    inner["schema"];
  const parameters = typeof schema === "string" ? parsed(schema) : unwrapped(schema);
  if (type !== "function" && parameters === undefined) return [ownTool(tool, type, name)];
  return [
    {
      type: "function",
      name,
      ...(typeof description === "string" && { description }),
      ...(parameters !== undefined && parameters !== null && { parameters }),
    },
  ];
}

/** Gemini's own tools, told by their one key. Source: https://ai.google.dev/api/caching#Tool */
const GOOGLE_TOOLS: ReadonlySet<string> = new Set([
  ...["google_search", "google_search_retrieval", "code_execution", "url_context"],
  ...["file_search", "google_maps", "computer_use"],
]);

function googleTool(tool: Readonly<Record<string, unknown>>): readonly ToolDefinition[] {
  return Object.keys(tool).flatMap((key) => {
    const name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return GOOGLE_TOOLS.has(name) && isObject(tool[key]) ? [{ type: name, name }] : [];
  });
}

/** The AI SDK and Bedrock put the schema into an object of its own. */
function unwrapped(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  return schema["jsonSchema"] ?? schema["json"] ?? schema;
}
