import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Workspace packages are tested from their sources: no build comes first. */
const conditions = ["@genspan/source", "node", "import", "default"];

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    server: { deps: { inline: [/@genspan\//, /^genspan$/] } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
