/** Recorded exchanges between client libraries and providers; the form is described in test/fixtures/cassettes/README.md. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { splitFrames } from "./event-stream.ts";

export interface FormField {
  readonly name: string;
  readonly value?: string;
  readonly filename?: string;
  readonly contentType?: string;
  /** Length of the file, whose content was not kept. */
  readonly bytes?: number;
}

export interface Cassette {
  readonly id: string;
  readonly provider: string;
  /** Surface of the provider's API, such as `chat.completions`. */
  readonly api: string;
  readonly model?: string;
  readonly tags: readonly string[];
  readonly source: { readonly repo: string; readonly path: string; readonly commit: string; readonly license: string };
  readonly request: {
    readonly method: string;
    /** Host, and port where it is not the default one, that the recording was made against. */
    readonly host: string;
    /** Path with its query. */
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly multipart?: readonly FormField[];
    /** Only the response was recorded. */
    readonly synthesised?: boolean;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly sse?: readonly string[];
    readonly base64?: string;
  };
}

/** Directory of the recordings that live in this repository. */
export const CASSETTE_DIRECTORY: string = fileURLToPath(new URL("../fixtures/cassettes", import.meta.url));

function isCassette(value: unknown): value is Cassette {
  return typeof value === "object" && value !== null && "id" in value && "request" in value && "response" in value;
}

/** Reads every recording under the directories, in the order of their paths. Other JSON files are passed over. */
export function loadCassettes(directories: readonly string[] = [CASSETTE_DIRECTORY]): readonly Cassette[] {
  return directories.flatMap((directory) =>
    readdirSync(directory, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".json"))
      .sort()
      .map((file): unknown => JSON.parse(readFileSync(join(directory, file), "utf8")))
      .filter(isCassette),
  );
}

/** The pieces in which the recorded body is sent: one for each event or frame of a stream, otherwise one or none. */
export function bodyPieces(response: Cassette["response"]): readonly Buffer[] {
  if (response.sse) return response.sse.map((event) => Buffer.from(event, "utf8"));
  if (response.base64 !== undefined) {
    const bytes = Buffer.from(response.base64, "base64");
    const isFrames = response.headers["content-type"]?.startsWith("application/vnd.amazon.eventstream");
    return isFrames ? splitFrames(bytes) : [bytes];
  }
  if (response.body === undefined || response.body === null) return [];
  return [Buffer.from(typeof response.body === "string" ? response.body : JSON.stringify(response.body), "utf8")];
}
