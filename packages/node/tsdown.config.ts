import { defineConfig, type UserConfig } from "tsdown";

const common: UserConfig = {
  dts: true,
  platform: "node",
  target: "es2023",
  fixedExtension: true,
  // Comments are for readers of the sources and of the types, and both have them.
  outputOptions: { comments: false },
};

export default defineConfig([
  { ...common, format: "esm", entry: { index: "src/index.ts", "auto-register": "src/auto-register.ts" } },
  {
    ...common,
    format: "cjs",
    entry: { index: "src/index.ts", "auto-register": "src/auto-register-cjs.ts" },
    clean: false,
  },
]);
