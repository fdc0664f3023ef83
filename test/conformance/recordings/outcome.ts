/** What an application gets from a call: a value, or chunks, or an error, or chunks and then an error. */
import { APIError } from "openai";
import { Stream } from "openai/streaming";

export interface Outcome {
  readonly value?: unknown;
  readonly chunks?: readonly unknown[];
  readonly error?: {
    readonly class: string;
    readonly status: unknown;
    readonly code: unknown;
    readonly message: string;
    readonly body: unknown;
  };
}

export async function outcomeOf(call: () => PromiseLike<unknown>): Promise<Outcome> {
  const chunks: unknown[] = [];
  let streamed = false;
  try {
    const value = await call();
    if (!(value instanceof Stream)) return { value };
    streamed = true;
    for await (const chunk of value) chunks.push(chunk);
    return { chunks };
  } catch (error) {
    return { ...(streamed ? { chunks } : {}), error: errorOf(error) };
  }
}

function errorOf(error: unknown): NonNullable<Outcome["error"]> {
  if (!(error instanceof Error)) throw new Error(`thrown: ${String(error)}`);
  const api = error instanceof APIError ? error : undefined;
  const { name } = error.constructor;
  return { class: name, status: api?.status, code: api?.code, message: error.message, body: api?.error };
}
