import { consoleDestination, type Destination, file, otlp, vendorDestination } from "@genspan/exporter";
import { findVendor, optionsFromEnvironment, to } from "@genspan/mapping";
import { type DestinationConfig, type RecordTarget, readDestination } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { otlpOptions } from "./otlp-options.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A destination as users give it: text, an object, or a `Destination` of `@genspan/exporter`. */
export type DestinationOption = string | DestinationConfig | Destination;

/**
 * Makes destinations of what the user gave; two of a kind get numbers, so that every name is its own.
 * @throws {ConfigError}
 */
export function openDestinations(
  given: readonly DestinationOption[],
  environment: Environment,
): readonly Destination[] {
  const used = new Map<string, number>();
  return given.map((option, index) => {
    const place = `destinations[${index}]`;
    const destination = isDestination(option) ? option : open(readDestination(option, place), place, environment);
    const count = (used.get(destination.name) ?? 0) + 1;
    used.set(destination.name, count);
    return count === 1 ? destination : { ...destination, name: `${destination.name}-${count}` };
  });
}

function isDestination(option: DestinationOption): option is Destination {
  return typeof option === "object" && "send" in option && typeof option.send === "function";
}

function open(config: DestinationConfig, place: string, environment: Environment): Destination {
  const named = config.name === undefined ? {} : { name: config.name };
  switch (config.type) {
    case "otlp":
      return otlp({
        ...otlpOptions(config, "traces", environment),
        ...named,
        ...waysOf(config),
        ...(config.dialect !== undefined && { translate: to(config.dialect) }),
      });
    case "file":
      return file(config.path, { ...named, ...waysOf(config) });
    case "console":
      return consoleDestination({ ...named, ...waysOf(config) });
    case "vendor":
      return openVendor(config, place, environment);
  }
}

function waysOf({ genAIOnly, redact }: Exclude<DestinationConfig, { readonly type: "vendor" }>) {
  return { ...(genAIOnly !== undefined && { genAIOnly }), ...(redact !== undefined && { redact }) };
}

function openVendor(
  { vendor, options, to = { type: "http" }, name, redact }: Extract<DestinationConfig, { type: "vendor" }>,
  place: string,
  environment: Environment,
): Destination {
  const found = findVendor(vendor);
  if (found === undefined) throw new ConfigError(`genspan: ${place}: unknown vendor "${vendor}".`);
  try {
    return vendorDestination({
      vendor: found.configure({ ...optionsFromEnvironment(found, environment), ...options }),
      to: toRecordDestination(to, environment),
      ...(name !== undefined && { name }),
      ...(redact !== undefined && { redact }),
    });
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`genspan: ${place}: ${reason}.`, { cause: error });
  }
}

function toRecordDestination(to: RecordTarget, environment: Environment) {
  return to.type === "otlp" ? { type: to.type, ...otlpOptions(to, "logs", environment) } : to;
}
