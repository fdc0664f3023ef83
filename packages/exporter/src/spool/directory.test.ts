import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { otlp } from "../index.ts";
import { startSdk } from "../testing/parts.ts";
import { prepareDirectory } from "./directory.ts";

const root = mkdtempSync(join(tmpdir(), "genspan-directory-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it("makes the directory for its owner alone, and takes rights away from one that is there", () => {
  const made = prepareDirectory(join(root, "a", "b"));
  const open = join(root, "open");
  mkdirSync(open, { mode: 0o755 });
  for (const path of [made, prepareDirectory(open)]) expect(statSync(path).mode & 0o777).toBe(0o700);
});

it.each<readonly [string, () => string, RegExp]>([
  ["no path", () => " ", /has no directory: set `spool.directory`/],
  ["the temporary directory", () => tmpdir(), /temporary directory, which is shared and cleared/],
  ["a path in the temporary directory", () => join(tmpdir(), "genspan-spool-refused"), /temporary directory/],
  [
    "a symbolic link",
    () => {
      mkdirSync(join(root, "target"));
      symlinkSync(join(root, "target"), join(root, "link"));
      return join(root, "link");
    },
    /link is a symbolic link: set/,
  ],
  [
    "a file",
    () => {
      writeFileSync(join(root, "file"), "");
      return join(root, "file");
    },
    /file is no directory/,
  ],
  [
    "a parent that everyone can write",
    () => {
      mkdirSync(join(root, "shared"));
      chmodSync(join(root, "shared"), 0o777);
      return join(root, "shared", "spool");
    },
    /shared can be written by everyone/,
  ],
  [
    "another user's directory",
    () => {
      if (process.getuid?.() !== 0) return "/usr";
      mkdirSync(join(root, "foreign"));
      chownSync(join(root, "foreign"), 65_534, 65_534);
      return join(root, "foreign");
    },
    /belongs to another user/,
  ],
  [
    "a path below a link to what everyone can write",
    () => {
      symlinkSync(tmpdir(), join(root, "to-temporary"));
      return join(root, "to-temporary", "spool-of-ours");
    },
    /temporary directory/,
  ],
  ["a path where no directory can be made, at once", () => "/proc/spool/of/ours", /cannot be the directory of a spool/],
  ["a path below a file", () => join(root, "file", "spool"), /cannot be the directory of a spool/],
])("refuses %s in a sentence", (_name, path, message) => {
  expect(() => prepareDirectory(path())).toThrow(message);
});

it("leaves the queues in memory where the directory is refused, and says so", async () => {
  const { processor } = startSdk({
    destinations: [otlp({ url: "http://127.0.0.1:9/v1/traces" })],
    spool: { directory: tmpdir() },
  });
  const { destinations, spool } = processor.status();
  expect(destinations[0]?.storage).toEqual({ kind: "memory", reason: expect.stringContaining("temporary directory") });
  expect(spool).toMatchObject({ durable: false, problem: expect.stringContaining("temporary directory") });
  await processor.shutdown();
});
