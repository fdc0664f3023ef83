import { defineConfig } from "tsdown";

export default defineConfig({
  // The thread of the spool is started by its file, which lies beside the bundle.
  entry: { index: "src/index.ts", core: "src/core.ts", "spool-worker": "src/spool/worker.ts" },
  format: ["esm", "cjs"],
  dts: true,
  platform: "node",
  target: "es2023",
  fixedExtension: true,
  // Comments are for readers of the sources and of the types, and both have them.
  outputOptions: { comments: false },
});
