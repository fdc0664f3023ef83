import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const flags = ["--conditions=@genspan/source", fileURLToPath(new URL("main.ts", import.meta.url))];

it("says in a sentence that its output cannot be written", () => {
  const unwritable = openSync(flags[1] ?? "", "r");
  const { status, stderr } = spawnSync(process.execPath, [...flags, "vendors"], {
    stdio: ["ignore", unwritable, "pipe"],
    encoding: "utf8",
  });
  closeSync(unwritable);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^genspan: cannot write the output: .*\n$/),
  });
});

it("ends quietly when its reader, such as `head`, has seen enough", async () => {
  const child = spawn(process.execPath, [...flags, "explain", "--vendor", "all"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const [errors, code] = await Promise.all([
    text(child.stderr),
    new Promise((resolve) => child.once("close", resolve)),
  ]);
  expect({ errors, code }).toEqual({ errors: "", code: 0 });
});
