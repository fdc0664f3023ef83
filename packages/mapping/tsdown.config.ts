import { defineConfig, type UserConfig } from "tsdown";

const common: UserConfig = {
  format: ["esm", "cjs"],
  dts: true,
  platform: "node",
  target: "es2023",
  fixedExtension: true,
};

export default defineConfig([
  {
    ...common,
    entry: ["src/index.ts", "src/core.ts"],
    // What is an ES module only cannot be required everywhere: not in Jest, nor where Node is told so, as AWS Lambda does.
    deps: { neverBundle: ["@genspan/mapping/prices"], alwaysBundle: ["canonicalize"] },
    // Comments are for readers of the sources and of the types, and both have them.
    outputOptions: { comments: false },
  },
  // Data of others, which nobody reads there: their licence stands in the README. Once, for modules of both kinds.
  {
    ...common,
    format: "cjs",
    entry: ["src/prices.ts"],
    deps: { alwaysBundle: ["@pydantic/genai-prices"] },
    minify: true,
    clean: false,
  },
]);
