import { vendors } from "@genspan/mapping";
import type { Command } from "commander";
import type { Surroundings } from "../surroundings.ts";
import { table } from "../table.ts";

/** Adds `genspan vendors`. */
export function addVendorsCommand(program: Command, surroundings: Surroundings): void {
  program
    .command("vendors")
    .description("Lists the record formats.")
    .option("--json", "print JSON instead of a table")
    .action((options: { json?: boolean }) => listVendors(options, surroundings));
}

/** Lists the record formats. */
function listVendors(options: { readonly json?: boolean }, { output }: Pick<Surroundings, "output">): void {
  const rows = vendors.map((vendor) => {
    const { recordName, companion, unit } = vendor.configure();
    const beside = companion === undefined ? [] : [companion.recordName];
    return { name: vendor.name, aliases: vendor.aliases ?? [], vendor: vendor.title, record: recordName, unit, beside };
  });
  if (options.json) {
    output.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const lines = rows.map(({ name, aliases, vendor, record, beside, unit }) => [
    [name, ...aliases].join(", "),
    vendor,
    [record, ...beside.map((other) => `${other} (by option)`)].join(", "),
    unit,
  ]);
  output.write(table([["name", "vendor", "record", "one for each"], ...lines]));
}
