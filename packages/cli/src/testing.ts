import { Readable, Writable } from "node:stream";
import { run } from "./run.ts";

/** What one invocation came to. */
export interface Invocation {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** For tests: runs a command line and gathers what it prints. @param input in the chunks in which it comes. */
export async function invoke(
  argv: readonly string[],
  input: readonly (string | Buffer)[] = [],
  environment: Readonly<Record<string, string>> = {},
  isTerminal = false,
): Promise<Invocation> {
  const printed = { output: "", errors: "" };
  const gather = (name: keyof typeof printed) =>
    new Writable({
      write(chunk, _encoding, done) {
        printed[name] += String(chunk);
        done();
      },
    });
  const streams = {
    input: Object.assign(Readable.from(input), { isTTY: isTerminal }),
    output: gather("output"),
    errors: gather("errors"),
  };
  return { exitCode: await run([...argv], { ...streams, environment }), ...printed };
}
