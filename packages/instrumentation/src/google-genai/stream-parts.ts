import { isRecord, list, record, text, type UnknownRecord } from "../engine/read.ts";

/** Parts of all chunks: neighbouring texts of one kind are one text, and so are the pieces of a function call. */
export function foldParts(parts: readonly unknown[]): UnknownRecord[] {
  const folded: Record<string, unknown>[] = [];
  for (const part of parts) {
    if (!isRecord(part)) continue;
    const last = folded.at(-1);
    const open = last === undefined ? undefined : last["functionCall"];
    if (last !== undefined && isTextOf(last, part)) last["text"] = `${last["text"]}${part["text"]}`;
    else if (isRecord(open) && open["willContinue"] === true && isRecord(part["functionCall"])) {
      Object.assign(open, continued(open, part["functionCall"]));
    } else if (isRecord(part["functionCall"])) {
      folded.push({ ...part, functionCall: continued({}, part["functionCall"]) });
    } else folded.push({ ...part });
  }
  return folded;
}

function isTextOf(last: UnknownRecord, part: UnknownRecord): boolean {
  const isText = typeof last["text"] === "string" && typeof part["text"] === "string";
  return isText && (last["thought"] === true) === (part["thought"] === true);
}

/**
 * `streamFunctionCallArguments` of Vertex AI: the values of the arguments come one after the other, each with its place, and
 * texts in pieces (https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc).
 */
function continued(call: UnknownRecord, piece: UnknownRecord): UnknownRecord {
  const { partialArgs, willContinue, args, ...rest } = piece;
  const all: UnknownRecord = { ...record(call["args"]), ...record(args) };
  const pieces = list(partialArgs).filter(isRecord);
  const filled = pieces.reduce<unknown>((root, partial) => put(root, steps(partial["jsonPath"]), partial), all);
  return { ...call, ...rest, args: filled, willContinue };
}

/** `$.recipe.ingredients[0].amount`, `$['a b']`: names and indices. */
function steps(jsonPath: unknown): readonly (string | number)[] {
  const matches = (text(jsonPath) ?? "").matchAll(/\.?([^.[\]'"$]+)|\[(\d+)\]|\[(['"])(.*?)\3\]/g);
  return [...matches].map(([, name, index, , quoted]) =>
    index === undefined ? (name ?? quoted ?? "") : Number(index),
  );
}

const maxIndex = 10_000;

/** A copy of the value with that of the piece at its place. */
function put(at: unknown, [step, ...deeper]: readonly (string | number)[], partial: UnknownRecord): unknown {
  if (step === undefined) return pieceValue(at, partial);
  if (typeof step === "number") {
    const items = [...list(at)];
    if (step <= maxIndex) items[step] = put(items[step], deeper, partial);
    return items;
  }
  const fields = record(at);
  const own = Object.hasOwn(fields, step) ? fields[step] : undefined;
  return Object.fromEntries([...Object.entries(fields), [step, put(own, deeper, partial)]]);
}

function pieceValue(before: unknown, { stringValue, numberValue, boolValue, nullValue }: UnknownRecord): unknown {
  if (typeof stringValue === "string") return typeof before === "string" ? before + stringValue : stringValue;
  if (numberValue !== undefined) return numberValue;
  if (boolValue !== undefined) return boolValue;
  return nullValue === undefined ? before : null;
}
