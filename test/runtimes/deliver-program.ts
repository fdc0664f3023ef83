/** `delivery.ts` as a program of Node, Bun or Deno. Its first argument says what it does: `leave` ends with a full spool. */
import { deliver, leave } from "./delivery.ts";

const [what = "", otlp = "", vendor = "", directory = ""] = process.argv.slice(2);
const report = await (what === "leave" ? leave : deliver)({ otlp, vendor, directory });
console.log(JSON.stringify(report));
if (what === "leave") process.exit(0);
