/** Parts of recorded bodies of OpenAI's chat endpoint, as the AI SDK is told them. */

type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The system message, which the AI SDK takes apart from the others. */
export function systemOf(body: Json): string | undefined {
  const content = objects(body["messages"]).find(({ role }) => role === "system")?.["content"];
  return typeof content === "string" ? content : undefined;
}

/** The other messages as ModelMessages; `legacy` for version 4, whose calls have `args` and whose results are plain. */
export function modelMessages(body: Json, legacy: boolean): readonly Json[] {
  const names = new Map<unknown, unknown>();
  return objects(body["messages"]).flatMap((message): readonly Json[] => {
    const { role, content } = message;
    if (role === "system") return [];
    if (role === "tool") {
      const output = legacy ? { result: content } : { output: { type: "text", value: content } };
      const { tool_call_id: toolCallId } = message;
      return [{ role, content: [{ type: "tool-result", toolCallId, toolName: names.get(toolCallId), ...output }] }];
    }
    const calls = objects(message["tool_calls"]).map(({ id, function: called }) => {
      const { name, arguments: json } = isObject(called) ? called : {};
      names.set(id, name);
      const input: unknown = JSON.parse(String(json));
      return { type: "tool-call", toolCallId: id, toolName: name, ...(legacy ? { args: input } : { input }) };
    });
    if (typeof content === "string" && calls.length === 0) return [{ role, content }];
    return [{ role, content: [...objects(content).map(contentPart), ...calls] }];
  });
}

function contentPart(part: Json): Json {
  const { image_url: image } = part;
  return isObject(image) ? { type: "image", image: image["url"] } : part;
}

/** Name, description and schema of each tool. */
export function toolsOf(body: Json): readonly { name: string; description?: string; schema: Json }[] {
  return objects(body["tools"]).flatMap(({ function: declared }) => {
    if (!isObject(declared)) return [];
    const { name, description, parameters } = declared;
    const schema = isObject(parameters) ? parameters : {};
    return [{ name: String(name), ...(typeof description === "string" && { description }), schema }];
  });
}
