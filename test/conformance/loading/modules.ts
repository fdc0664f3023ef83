/** Which files a process loads, told by itself. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const recorder = `
import { registerHooks } from "node:module";
const loaded = [];
registerHooks({
  load(url, context, nextLoad) {
    loaded.push(url);
    return nextLoad(url, context);
  },
});
process.on("exit", () => process.stdout.write("\\n" + JSON.stringify(loaded)));
`;

/** npm names of the packages that a process loads files of, with `args` before its empty program. */
export async function packagesLoaded(args: readonly string[]): Promise<ReadonlySet<string>> {
  const preload = `data:text/javascript,${encodeURIComponent(recorder)}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@genspan/source", "--no-warnings", "--import", preload, ...args, "--eval", "0"],
    { cwd: fileURLToPath(new URL(".", import.meta.url)) },
  );
  const urls = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as readonly string[]; // what the recorder writes
  return new Set(urls.map(packageOf).filter((name) => name !== undefined));
}

/** The innermost package that a file is in; ours have none. */
function packageOf(url: string): string | undefined {
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
}
