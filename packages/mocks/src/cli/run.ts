import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { FaultWindow } from "../fault.ts";
import type { Mock, MockRequest } from "../mock.ts";
import { intakes, isMockName, type MockName, mockNames } from "../registry.ts";
import { startMock } from "../start-mock.ts";
import { FAULT_WORDS, faultOf } from "./fault-of.ts";
import { requestLine, summariesOf, totals } from "./print.ts";

export interface Surroundings {
  readonly output: { write(text: string): unknown };
  readonly errors: { write(text: string): unknown };
  /** Ends the program. */
  readonly signal: AbortSignal;
}

interface Options {
  readonly port: number;
  readonly key?: string;
  readonly tls?: "self-signed" | "expired";
  readonly fail?: string;
  readonly retryAfter?: string;
  readonly times?: number;
  readonly for?: number;
  readonly records?: true;
}

/** @returns the exit code: 0, 1 where records had problems, 2 for a wrong usage. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let code = 0;
  const program = new Command("genspan-mocks")
    .description("Local servers in the place of GenAI observability vendors; they print what they get.")
    .argument("[name...]", `${mockNames.join(", ")}; default: all but http`)
    .option("--port <number>", "port of the first one, the others follow", wholeNumber, 4400)
    .option("--key <key>", "the only key that is accepted (default: any)")
    .addOption(new Option("--tls <certificate>", "speak HTTPS").choices(["self-signed", "expired"]))
    .option("--fail <fault>", FAULT_WORDS)
    .option("--retry-after <value>", "header Retry-After of a status that --fail gives")
    .option("--times <number>", "fail so many requests only", wholeNumber)
    .option("--for <millis>", "fail for so long only", wholeNumber)
    .option("--records", "print the records as JSON Lines")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.output.write(text),
      writeErr: (text) => surroundings.errors.write(text),
    })
    .action(async (names: readonly string[], options: Options) => {
      code = await serve(names, options, surroundings);
    });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    surroundings.errors.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("must be a whole number");
  return Number(text);
}

async function serve(names: readonly string[], options: Options, surroundings: Surroundings): Promise<number> {
  const chosen = names.length === 0 ? mockNames.filter((name) => name !== "http") : names.map(known);
  const mocks = new Map<MockName, Mock>();
  try {
    for (const [index, name] of chosen.entries()) mocks.set(name, await startOne(name, index, options, surroundings));
    for (const [name, { url }] of mocks) surroundings.output.write(`${name} ${url}\n`);
    if (!surroundings.signal.aborted) {
      await new Promise<void>((resolve) =>
        surroundings.signal.addEventListener("abort", () => resolve(), { once: true }),
      );
    }
    for (const [name, mock] of mocks) {
      if (mock.requests.length > 0) surroundings.output.write(`${totals(name, mock, intakes[name])}\n`);
    }
    return [...mocks.values()].some(({ problems }) => problems.length > 0) ? 1 : 0;
  } finally {
    await Promise.all([...mocks.values()].map((mock) => mock.close()));
  }
}

function known(name: string): MockName {
  if (isMockName(name)) return name;
  throw new Error(`unknown mock "${name}"; choose from ${mockNames.join(", ")}`);
}

async function startOne(name: MockName, index: number, options: Options, { output }: Surroundings): Promise<Mock> {
  const { port, key, tls } = options;
  const told = (request: MockRequest): void => {
    output.write(`${requestLine(name, request, new Date(), summariesOf(mock, intakes[name], request))}\n`);
    if (options.records !== true) return;
    const ids = new Set(request.ids);
    for (const { id, record } of mock.records) if (ids.has(id)) output.write(`${JSON.stringify(record, plain)}\n`);
  };
  const mock: Mock = await startMock(name, {
    port: port === 0 ? 0 : port + index,
    ...(key !== undefined && { key }),
    ...(tls !== undefined && { tls }),
    onRequest: told,
  });
  failAsAsked(mock, options);
  return mock;
}

function failAsAsked(mock: Mock, { fail, retryAfter, times, for: forMillis }: Options): void {
  if (fail === undefined) return;
  const fault = faultOf({ fault: fail, retryAfter });
  if (fault === undefined) throw new Error(`unknown fault "${fail}"; choose from ${FAULT_WORDS}`);
  const window: FaultWindow = { ...(times !== undefined && { times }), ...(forMillis !== undefined && { forMillis }) };
  mock.fail(fault, window);
}

const plain = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);
