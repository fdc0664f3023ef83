/** How clients of the library and their parts belong together. */

import { isObject, record, text } from "../engine/read.ts";

/** The inner client that a client and all of its resources share. */
interface ApiClient {
  isVertexAI(): boolean;
  getProject(): string | undefined;
  getLocation(): string | undefined;
  getBaseUrl(): string;
  getApiVersion(): string;
  getDefaultHeaders(): Readonly<Record<string, string>>;
}

const versionByClass = new WeakMap<object, string>();

/** Of a client, a resource or itself: what stands for the client. */
export function apiClientOf(value: unknown): ApiClient | undefined {
  if (!isObject(value)) return undefined;
  if (isApiClient(value)) return value;
  const { apiClient, parentClient, _client: inner } = record(value);
  // In 1.x interactions have a client of their own, made for that of the library.
  return [apiClient, parentClient, record(inner)["clientAdapter"]].find(isApiClient);
}

function isApiClient(value: unknown): value is ApiClient {
  return isObject(value) && "isVertexAI" in value && "getBaseUrl" in value && "getApiVersion" in value;
}

/** Also of a prototype: `models` and `vertexai` are set by the constructor. */
export function isClient(value: unknown): value is object {
  if (!isObject(value)) return false;
  return "getNextGenClient" in value || ("models" in value && "vertexai" in value && "apiClient" in value);
}

export function isVertex(client: object): boolean {
  return apiClientOf(client)?.isVertexAI() === true;
}

/** With the version of the API, which is the beginning of every path. */
export function baseUrlOf(client: object): string | undefined {
  const apiClient = apiClientOf(client);
  if (apiClient === undefined) return undefined;
  const address = text(apiClient.getBaseUrl());
  return address === undefined ? undefined : `${address.replace(/\/+$/, "")}/${apiClient.getApiVersion()}`;
}

/** Of Vertex AI's interactions, which belong to a project; nothing where it is asked with an API key alone. */
export function projectPath(client: object): string {
  const apiClient = apiClientOf(client);
  const [project, location] = [apiClient?.getProject(), apiClient?.getLocation()];
  const isKnown = apiClient?.isVertexAI() === true && project !== undefined && location !== undefined;
  return isKnown ? `/projects/${encodeURIComponent(project)}/locations/${encodeURIComponent(location)}` : "";
}

/** Vertex AI knows models by project, location and publisher, unless it is asked with an API key alone. */
export function modelPath(client: object, model: string, verb: string): string {
  const apiClient = apiClientOf(client);
  if (apiClient?.isVertexAI() !== true) {
    return /^(models|tunedModels)\//.test(model) ? `/${model}:${verb}` : `/models/${model}:${verb}`;
  }
  const [publisher, name] = model.includes("/") ? model.split("/", 2) : ["google", model];
  const isName = /^(projects|publishers|models)\//.test(model);
  const path = isName ? model : `publishers/${publisher}/models/${name}`;
  const project = apiClient.getProject();
  if (project === undefined || path.startsWith("projects/")) return `/${path}:${verb}`;
  return `/projects/${project}/locations/${apiClient.getLocation()}/${path}:${verb}`;
}

/**
 * The class of `client.interactions`, which no module exports: handed over by its file, or found from a client. Getters
 * are asked on a stand-in, so that the application's client has no new field; that of 1.x writes a warning, and what it
 * returns is asked of where it comes from.
 */
export function resourceOf(root: object, name: string): unknown {
  const version = isClient(root) ? noteVersion(root) : undefined;
  if (name !== "Interactions") return undefined;
  const { GeminiNextGenInteractions: current, BaseInteractions: first } = root as Readonly<Record<string, unknown>>;
  if (version === undefined) return current ?? first;
  const standIn = Object.create(root) as { getNextGenClient?(): unknown };
  if (!version.startsWith("1.")) return Reflect.get(standIn, "interactions");
  // It warns of this option, too.
  if (record(Reflect.get(root, "httpOptions"))["extraBody"] !== undefined) return null;
  return record(standIn.getNextGenClient?.())["interactions"];
}

/** Only a client has a version: its class is known by it afterwards. */
function noteVersion(client: object): string | undefined {
  const headers = Object.values(record(apiClientOf(client)?.getDefaultHeaders())).join(" ");
  const version = /google-genai-sdk\/(\d+\.\d+\.\d+\S*)/.exec(headers)?.[1];
  if (version !== undefined) versionByClass.set(client.constructor, version);
  return version;
}

export function versionOf(clientClass: object): string | undefined {
  return versionByClass.get(clientClass);
}
