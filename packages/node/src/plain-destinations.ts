import { consoleDestination, type Destination, file, otlp } from "@genspan/exporter/core";
import { otlpOptions } from "./otlp-options.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Destinations as texts that name no vendor: `otlp`, `otlp:http://collector:4318`, `file:./spans.jsonl`, `console`. They
 * need neither the vendors' formats nor their schemas, which take longer to load than all the rest.
 * @returns undefined where one of the texts is anything else, or wrong: then the whole configuration has to say so.
 * @throws {ConfigError}
 */
export function openPlain(texts: readonly string[], environment: Environment): readonly Destination[] | undefined {
  if (new Set(texts).size < texts.length) return undefined;
  const opened = texts.map((text) => open(text, environment));
  const names = opened.map((destination) => destination?.name);
  const isPlain = new Set(names).size === names.length && !names.includes(undefined);
  return isPlain ? opened.filter((destination) => destination !== undefined) : undefined;
}

function open(text: string, environment: Environment): Destination | undefined {
  const [, kind, rest] = /^(otlp|file|console)(?::(.+))?$/s.exec(text) ?? [];
  if (kind === "console" && rest === undefined) return consoleDestination();
  if (kind === "file" && rest !== undefined) return file(rest);
  if (kind !== "otlp" || (rest !== undefined && !URL.canParse(rest))) return undefined;
  return otlp(otlpOptions(rest === undefined ? {} : { endpoint: rest }, "traces", environment));
}
