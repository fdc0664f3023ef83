import type { Command } from "commander";
import { positiveCount } from "../../positive-count.ts";
import type { Surroundings } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { type MapOptions, map } from "./map.ts";

/** Adds `genspan map`. @param exit is told the exit code where it is not 0. */
export function addMapCommand(program: Command, surroundings: Surroundings, exit: (code: number) => void): void {
  program
    .command("map")
    .description("Reads spans, or a vendor's records, and prints a vendor's records as JSON Lines.")
    .argument("[files...]", "what is read, packed by gzip or not; `-` or none: standard input")
    .option("-t, --to <name>", "the vendor whose records are printed (see `genspan vendors`), or `all`")
    .option("-v, --vendor <name>", "the same")
    .option("--from <name>", "read this vendor's records instead of OTLP/JSON", "otlp")
    .option("-o, --options <file>", "JSON file with the vendor's options; with `all`, an object keyed by vendor name")
    .option("--from-options <file>", "JSON file with the options of the vendor that is read")
    .option("--max-open-spans <count>", "most spans that wait for the rest of their trace", positiveCount, 20_000)
    .addHelpText(
      "after",
      "\nInput: one JSON object on each line, objects over several lines, or arrays, of any length; memory stays bounded.\n" +
        'With `all`, each line is {"vendor": name, "record": record}. Options also come from environment variables\n' +
        "(see `genspan explain`); the file wins. What cannot be read is named on stderr with its line; the rest is mapped.\n\n" +
        "Examples:\n  genspan map --to log10 --options log10.json < spans.json\n" +
        "  genspan map --from keywords-ai --to galileo-ingest logs-*.jsonl.gz > requests.jsonl",
    )
    .action(
      async (files: readonly string[], options: Omit<MapOptions, "vendor"> & { vendor?: string; to?: string }) => {
        const vendor = options.vendor ?? options.to;
        if (options.to !== undefined && vendor !== options.to)
          throw new UsageError("--to and --vendor are the same: give one");
        if (vendor === undefined) throw new UsageError("say which records are to be printed: --to <name>, or --to all");
        exit(await map({ ...options, files, vendor }, surroundings));
      },
    );
}
