import { vendors } from "@genspan/mapping";
import type { Surroundings } from "../surroundings.ts";
import { table } from "../table.ts";

/** Lists the record formats. */
export function listVendors(options: { readonly json?: boolean }, { output }: Pick<Surroundings, "output">): void {
  const rows = vendors.map((vendor) => {
    const { recordName, unit } = vendor.configure();
    return { name: vendor.name, aliases: vendor.aliases ?? [], vendor: vendor.title, record: recordName, unit };
  });
  if (options.json) {
    output.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const lines = rows.map((row) => [[row.name, ...row.aliases].join(", "), row.vendor, row.record, row.unit]);
  output.write(table([["name", "vendor", "record", "one for each"], ...lines]));
}
