/** The smoke suite as a program of Node, Bun or Deno: the address of the server is its argument, its report the last line. */
import { smokeAll } from "./clients.ts";

console.log(JSON.stringify(await smokeAll(process.argv[2] ?? "")));
