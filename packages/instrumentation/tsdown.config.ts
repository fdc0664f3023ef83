import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts"],
  format: ["esm", "cjs"],
  dts: true,
  platform: "node",
  target: "es2023",
  fixedExtension: true,
  // The names that are used, in the same file: an application's start has one module less to find, read and link.
  deps: { alwaysBundle: ["@genspan/semconv"] },
  // Comments are for readers of the sources and of the types, and both have them.
  outputOptions: { comments: false },
});
