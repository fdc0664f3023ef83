import { VendorOptionsError } from "@genspan/mapping";
import { Command, CommanderError } from "commander";
import { explain } from "./commands/explain.ts";
import { map } from "./commands/map.ts";
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
    .description("Shows, validates and explains what each vendor would receive.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.output.write(text),
      writeErr: (text) => surroundings.errors.write(text),
    })
    .addHelpText("after", "\nExit codes: 0 success, 1 bad input or invalid records (named on stderr), 2 wrong usage.");

  program
    .command("map")
    .description(
      "Reads OTLP/JSON trace export requests from stdin (one object, or one on each line) and prints records as JSON Lines.",
    )
    .requiredOption("-v, --vendor <name>", "a vendor's name (see `genspan vendors`), or `all`")
    .option("-o, --options <file>", "JSON file with the vendor's options; with `all`, an object keyed by vendor name")
    .addHelpText(
      "after",
      '\nWith `all`, each line is {"vendor": name, "record": record}. Options also come from environment variables\n' +
        "(see `genspan explain`); the file wins.\n\nExample:\n  genspan map --vendor log10 --options log10.json < spans.json",
    )
    .action(async (options: { vendor: string; options?: string }) => {
      exitCode = await map(options, surroundings);
    });

  program
    .command("explain")
    .description("Prints where every field of a vendor's record comes from, and which options there are.")
    .requiredOption("-v, --vendor <name>", "a vendor's name, or `all`")
    .option("--json", "print JSON instead of a table")
    .action((options: { vendor: string; json?: boolean }) => explain(options, surroundings));

  program
    .command("vendors")
    .description("Lists the record formats.")
    .option("--json", "print JSON instead of a table")
    .action((options: { json?: boolean }) => listVendors(options, surroundings));

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
