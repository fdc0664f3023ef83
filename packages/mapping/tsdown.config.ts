import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts"],
  format: ["esm", "cjs"],
  dts: true,
  platform: "node",
  target: "es2023",
  fixedExtension: true,
  // Comments are for readers of the sources and of the types, and both have them.
  outputOptions: { comments: false },
});
