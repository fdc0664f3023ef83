import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/messages.ts"],
  format: ["esm", "cjs"],
  dts: true,
  platform: "node",
  target: "es2023",
  fixedExtension: true,
});
