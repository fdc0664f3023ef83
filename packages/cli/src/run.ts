import { VendorOptionsError } from "@genspan/mapping";
import { Command, CommanderError } from "commander";
import packageJson from "../package.json" with { type: "json" };
import { addExplainCommand } from "./commands/explain.ts";
import { addMapCommand } from "./commands/map/index.ts";
import { addQueueCommands } from "./commands/queue/index.ts";
import { addVendorsCommand } from "./commands/vendors.ts";
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

  const exit = (code: number): void => {
    exitCode = code;
  };
  addMapCommand(program, surroundings, exit);
  addExplainCommand(program, surroundings, exit);
  addVendorsCommand(program, surroundings);
  addQueueCommands(program, surroundings, exit);

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
