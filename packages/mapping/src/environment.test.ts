import { expect, it } from "vitest";
import { optionsFromEnvironment } from "./environment.ts";

const vendor = { environment: { apiKey: ["NEW_KEY", "OLD_KEY"], baseUrl: ["BASE_URL"] } };

it("takes the first variable that is set and leaves out options without one", () => {
  expect(optionsFromEnvironment(vendor, { OLD_KEY: "old", NEW_KEY: "new" })).toEqual({ apiKey: "new" });
  expect(optionsFromEnvironment(vendor, { OLD_KEY: "old", NEW_KEY: "" })).toEqual({ apiKey: "old" });
});
