import { VendorOptionsError } from "@genspan/mapping";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { explain } from "./commands/explain.ts";
import { explainLoss, type LossOptions } from "./commands/loss.ts";
import { type MapOptions, map } from "./commands/map.ts";
import { addQueueCommands } from "./commands/queue/index.ts";
import { listVendors } from "./commands/vendors.ts";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Runs one command line.
 * @returns the exit code: 0 all went well; 1 some input was malformed or some record is not as documented;
 * 2 the command line or an option is wrong.
 */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  const program = new Command("genspan")
    .version(packageJson.version, "-V, --version", "print the version")
    .description("Shows, validates and explains what each vendor would receive.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.output.write(text),
      writeErr: (text) => surroundings.errors.write(text),
    })
    .addHelpText("after", "\nExit codes: 0 success, 1 bad input or invalid records (named on stderr), 2 wrong usage.");

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
        exitCode = await map({ ...options, files, vendor }, surroundings);
      },
    );

  program
    .command("explain")
    .description(
      "Prints where every field of a vendor's record comes from, and which options there are; with --span, what becomes " +
        "of everything that a span says.",
    )
    .requiredOption("-v, --vendor <name>", "a vendor's name, or `all`")
    .option("-s, --span <file>", "file with OTLP/JSON, `-` for stdin: print what the record carries, changes and drops")
    .option("-o, --options <file>", "JSON file with the vendor's options, for --span")
    .option("--json", "print JSON instead of a table")
    .action(async ({ span, ...options }: Omit<LossOptions, "span"> & { span?: string }) => {
      if (span === undefined) explain({ ...options, json: options.json ?? false }, surroundings);
      else exitCode = await explainLoss({ ...options, span }, surroundings);
    });

  program
    .command("vendors")
    .description("Lists the record formats.")
    .option("--json", "print JSON instead of a table")
    .action((options: { json?: boolean }) => listVendors(options, surroundings));

  addQueueCommands(program, surroundings, (code) => {
    exitCode = code;
  });

  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError || error instanceof VendorOptionsError) {
      surroundings.errors.write(`genspan: ${error.message}\n`);
      return 2;
    }
    throw error;
  }
}

function positiveCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("It must be a whole number above 0.");
}
