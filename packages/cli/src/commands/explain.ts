import type { Vendor } from "@genspan/mapping";
import { chooseVendors } from "../choose-vendors.ts";
import type { Surroundings } from "../surroundings.ts";
import { table } from "../table.ts";

/** Prints where every field of a record comes from. */
export function explain(
  options: { readonly vendor: string; readonly json?: boolean },
  { output }: Pick<Surroundings, "output">,
): void {
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
