import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Workspace packages are tested from their sources: no build comes first. */
const conditions = ["@genspan/source", "node", "import", "default"];
const FAULTS = "test/faults/**/*.test.ts";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    server: { deps: { inline: [/@genspan\//, /^genspan$/] } },
    maxWorkers: availableParallelism(), // otherwise one is left free, which of two is half
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", FAULTS],
        },
      },
      // Programs of their own, several at a time: alone they take no longer, and the machine is theirs.
      { extends: true, test: { name: "faults", include: [FAULTS], sequence: { groupOrder: 1 } } },
    ],
  },
});
