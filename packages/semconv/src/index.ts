export * from "./generated.ts";
export * from "./genspan.ts";
export type * from "./message-types.ts";
