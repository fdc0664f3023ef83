import type { Vendor } from "@genspan/mapping";
import type { Command } from "commander";
import { chooseVendors } from "../choose-vendors.ts";
import type { Surroundings } from "../surroundings.ts";
import { table } from "../table.ts";
import { explainLoss, type LossOptions } from "./loss.ts";

/** Adds `genspan explain`. @param exit is told the exit code where it is not 0. */
export function addExplainCommand(program: Command, surroundings: Surroundings, exit: (code: number) => void): void {
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
      if (span === undefined) explainFields(options, surroundings);
      else exit(await explainLoss({ ...options, span }, surroundings));
    });
}

/** Prints where every field of a record comes from. */
function explainFields(options: Pick<LossOptions, "vendor" | "json">, { output }: Pick<Surroundings, "output">): void {
  const chosen = chooseVendors(options.vendor);
  if (options.json) {
    const tables = chosen.map((vendor) => ({ vendor: vendor.name, tables: vendor.configure().tables }));
    output.write(`${JSON.stringify(options.vendor === "all" ? tables : tables[0], null, 2)}\n`);
    return;
  }
  output.write(chosen.map(describe).join("\n"));
}

function describe(vendor: Vendor): string {
  const format = vendor.configure();
  const head = [
    `${vendor.title}: ${format.recordName} (format ${format.name}, one for each ${format.unit})`,
    `documented in: ${vendor.document.title}, read ${vendor.document.read}`,
  ];
  const tables = format.tables.map(({ title, fields }) => {
    const rows = fields.map(({ field, available, source }) => [field, available ? source : `unavailable: ${source}`]);
    return `${title}\n${table([["field", "where it comes from"], ...rows])}`;
  });
  const options = vendor.optionNames.map((option) => [option, vendor.environment[option]?.join(", ") ?? "-"]);
  const named = [`Options, which its README describes\n${table([["option", "from the environment"], ...options])}`];
  return `${[...head, "", ...tables, ...named].join("\n")}\n`;
}
