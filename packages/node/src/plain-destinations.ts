import { consoleDestination, type Destination, file, otlp } from "@genspan/exporter/core";
import { otlpOptions } from "./otlp-options.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether these are all texts that name no vendor, each of another kind: `otlp`, `otlp:http://collector:4318`,
 * `file:./spans.jsonl`, `console`. They need neither the vendors' formats nor their schemas, which take longer to load than
 * all the rest. Where one of the texts is anything else, or wrong, the whole configuration has to say so.
 */
export function arePlain(texts: readonly string[]): boolean {
  const kinds = new Set(texts.map((text) => text.split(":", 1)[0]));
  return kinds.size === texts.length && texts.every(isPlain);
}

function isPlain(text: string): boolean {
  const [, kind, rest] = /^(otlp|file|console)(?::(.+))?$/s.exec(text) ?? [];
  if (kind === "otlp") return rest === undefined || (/^https?:/.test(rest) && URL.canParse(rest));
  return kind === "file" ? rest !== undefined : kind === "console" && rest === undefined;
}

/**
 * Opens destinations that are plain.
 * @throws {ConfigError}
 */
export function openPlain(texts: readonly string[], environment: Environment): readonly Destination[] {
  return texts.map((text) => {
    if (text === "console") return consoleDestination();
    if (text.startsWith("file:")) return file(restOf(text));
    return otlp(otlpOptions(text === "otlp" ? {} : { endpoint: restOf(text) }, "traces", environment));
  });
}

function restOf(text: string): string {
  return text.slice(text.indexOf(":") + 1);
}
