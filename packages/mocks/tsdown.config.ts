import { defineConfig } from "tsdown";

const shared = { dts: true, platform: "node", target: "es2023", fixedExtension: true } as const;

/** The library in both formats; the program as an ES module only. */
export default defineConfig([
  { ...shared, entry: ["src/index.ts"], format: ["esm", "cjs"] },
  { ...shared, entry: { main: "src/cli/main.ts" }, format: ["esm"], dts: false, clean: false },
]);
