import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A program of its own process, written in a test, that imports from the sources of this package. */
export interface Program {
  readonly child: ChildProcess;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Waits until this text has been printed. @throws {Error} when the program ends before. */
  printed(text: string): Promise<string>;
  /** Everything that was printed on standard output, and on standard error. */
  output(): { readonly stdout: string; readonly stderr: string };
}

export function startProgram(source: string, flags: readonly string[] = []): Program {
  const child = spawn(
    process.execPath,
    ["--conditions=@genspan/source", "--input-type=module", ...flags, "--eval", source],
    { cwd: fileURLToPath(new URL("..", import.meta.url)), stdio: ["ignore", "pipe", "pipe"] },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (piece: Buffer) => {
    stdout += piece;
  });
  child.stderr.on("data", (piece: Buffer) => {
    stderr += piece;
  });
  const ended = once(child, "close").then(([code, signal]): number | string => code ?? signal);
  return {
    child,
    ended,
    output: () => ({ stdout, stderr }),
    async printed(text) {
      let isOver = false;
      void ended.then(() => {
        isOver = true;
      });
      while (!stdout.includes(text)) {
        if (isOver) throw new Error(`the program ended before it printed "${text}": ${stdout}${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return stdout;
    },
  };
}

/** The beginning of a program: a processor with a spool, whose one destination is a collector. */
export function spoolProgram(directory: string, url: string, options = "{}"): string {
  return `
    import { startSdk } from "./testing/parts.ts";
    import { otlp } from "./index.ts";
    const { tracer, processor } = startSdk({
      destinations: [otlp({ url: "${url}/v1/traces", protocol: "http/json" })],
      ...(${options}),
      spool: { directory: "${directory}", ...(${options}).spool },
    });
    const end = (from, to) => { for (let id = from; id < to; id++) tracer.startSpan("s" + id, { attributes: { id, text: "x".repeat(500) } }).end(); };
  `;
}
