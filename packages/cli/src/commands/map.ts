import { once } from "node:events";
import { GenAISpan, type MapResult, mapTrace, tracesOf, type VendorFormat } from "@genspan/mapping";
import { chooseVendors } from "../choose-vendors.ts";
import { configureVendors } from "../read-options.ts";
import { readRequests } from "../read-requests.ts";
import type { Surroundings } from "../surroundings.ts";

/** @returns 0, or 1 when some input was malformed or some record is not as documented. */
export async function map(
  options: { readonly vendor: string; readonly options?: string },
  { input, output, errors, environment }: Surroundings,
): Promise<number> {
  const formats = configureVendors(chooseVendors(options.vendor), options.options, environment);
  const named = options.vendor === "all";
  if (input.isTTY) errors.write("genspan: reading OTLP/JSON from the terminal; end with Ctrl-D\n");
  let faults = 0;

  const print = async (format: VendorFormat, spans: Iterable<GenAISpan>) => {
    for (const result of tracesOf(spans).flatMap((trace) => mapTrace(format, trace))) {
      if (result.status !== "mapped") {
        faults++;
        errors.write(`genspan: ${format.name}: span ${result.span.spanId}: ${problem(result)}\n`);
      }
      if (result.status === "failed") continue;
      const line = JSON.stringify(named ? { vendor: format.name, record: result.record } : result.record);
      if (!output.write(`${line}\n`)) await once(output, "drain");
    }
  };

  // Records of single spans leave as they come; whole traces wait for the end, since their spans may be on any line.
  const bySpan = formats.filter((format) => format.unit === "span");
  const byTrace = formats.filter((format) => format.unit === "trace");
  const held: GenAISpan[] = [];
  for await (const request of readRequests(input)) {
    if (request.status === "malformed") {
      faults++;
      errors.write(`genspan: ${request.where}: ${request.reason}\n`);
      continue;
    }
    const spans = request.spans.map((span) => new GenAISpan(span));
    for (const format of bySpan) await print(format, spans);
    if (byTrace.length > 0) held.push(...spans);
  }
  for (const format of byTrace) await print(format, held);
  return faults === 0 ? 0 : 1;
}

function problem(result: Exclude<MapResult, { status: "mapped" }>): string {
  return result.status === "invalid" ? `not as documented: ${result.problems.join("; ")}` : result.reason;
}
