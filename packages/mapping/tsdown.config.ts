import { defineConfig, type TsdownPlugin, type UserConfig } from "tsdown";

/** A file with a single letter beyond Latin-1 is held, and read at start, as two bytes a letter. */
const ascii: TsdownPlugin = {
  name: "ascii",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === "chunk" && file.fileName.endsWith("js")) file.code = escaped(file.code);
    }
  },
};

const escaped = (code: string): string =>
  code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const common: UserConfig = {
  format: ["esm", "cjs"],
  dts: true,
  platform: "node",
  target: "es2023",
  fixedExtension: true,
  plugins: [ascii],
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
